import type { Replay } from '../../encoding/columns/replay.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { Candidate } from '../rules/candidate.ts';

/** A request's candidates with their metadata, the request's own fields of them on top. */
export function candidatesOf(request: RankingEvent, replay: Replay): readonly Candidate[] {
  const { table } = replay;
  return request.items.map(({ id, fields }) => ({
    id,
    fields: { ...table.current(table.indexOf(id)).fields, ...fields },
  }));
}
