import { SHARED_ID } from '../scoring/request-doubts.ts';
import type { RankingEvent } from '../slate/events.ts';
import { requestName } from '../slate/request-name.ts';

/** Of each request of a call, what is to be said where an earlier one has its id. */
export function sharedIds(
  asked: readonly { readonly event: Pick<RankingEvent, 'id'> }[],
): readonly (readonly string[])[] {
  const met = new Set<string>();
  return asked.map(({ event: { id } }) => {
    const isShared = met.has(id);
    met.add(id);
    return isShared ? [`${requestName(id)}: ${SHARED_ID}`] : [];
  });
}
