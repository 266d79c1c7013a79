import type { Memory } from '../../memory/memory.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { mergeFields } from '../../slate/fields.ts';
import type { Candidate } from '../rules/candidate.ts';

/** A request's candidates with their metadata, the request's own fields of them on top. */
export function candidatesOf(request: RankingEvent, { items }: Pick<Memory, 'items'>): readonly Candidate[] {
  return request.items.map(({ id, fields }) => ({
    id,
    fields: mergeFields(items.fieldsOf(id) ?? {}, fields),
  }));
}
