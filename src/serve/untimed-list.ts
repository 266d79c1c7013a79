import { createHash } from 'node:crypto';
import type { SentEvent } from './client/body-types.ts';

/** No sender can give a list an id beside its own: what begins so was made here. */
const MARK = 'untimed list ';

/**
 * A list that was sent without a time gets that of its arrival, another one each time it is sent: it is known again by what its sender said of it. Undefined where it has a time. Nothing of
 * the list can be read from it.
 */
export function untimedListId(list: Extract<SentEvent, { readonly event: 'ranking' }>): string | undefined {
  if (list.time !== undefined || list.timestamp !== undefined) return undefined;
  const items = list.items.map((item) => String(typeof item === 'object' ? item.id : item));
  const told = JSON.stringify([list.id, list.user ?? '', items]);
  return `${MARK}${createHash('sha256').update(told).digest('base64url').slice(0, 22)}`;
}

/** Whether an id was made of a list and its user, so that who knows both could tell that they were here. */
export const isUntimedListId = (id: string): boolean => id.startsWith(MARK);
