import type { Replay } from '../features/replay.ts';
import type { RankingEvent } from '../slate/events.ts';
import type { Fields } from '../slate/fields.ts';

/** What rules and objectives look at: a candidate with its metadata, the request's own fields of it on top. */
export interface Candidate {
  readonly id: string;
  readonly fields: Fields;
}

export function candidatesOf(request: RankingEvent, replay: Replay): readonly Candidate[] {
  const { table } = replay;
  return request.items.map(({ id, fields }) => ({
    id,
    fields: { ...table.current(table.indexOf(id)).fields, ...fields },
  }));
}
