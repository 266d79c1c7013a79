/** What is left of a person's entries once the person is forgotten. */

import type { LogEvent, RankingEvent } from '../../slate/events.ts';
import type { FieldValue } from '../../slate/fields.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { isUntimedListId } from '../untimed-list.ts';
import { printOf } from './printed-person.ts';

/**
 * An entry without the person: lists and clicks are nobody's; what was told of the person, and what the person was answered with, is gone. The same object where it is of somebody else. A list loses its session too,
 * and fields that hold the person's id.
 */
export function withoutPerson(entry: JournalEntry, user: string): EntryContent {
  if (entry.kind === 'erase') return entry.user === user ? { kind: 'erased', print: printOf(user) } : entry;
  if (entry.kind === 'answer') return entry.answer.user === user ? { kind: 'gone' } : entry;
  if (entry.kind === 'shadow') return entry.shadow.user === user ? { kind: 'gone' } : entry;
  if (entry.kind !== 'event') return entry;
  const { event } = entry;
  if (event.event === 'item' || event.user !== user) return entry;
  const anonymous = anonymousEvent(event);
  if (!anonymous) return { kind: 'gone' };
  const { id } = entry;
  return { kind: 'event', ...(id === undefined || isUntimedListId(id) ? {} : { id }), event: anonymous };
}

function anonymousEvent(event: Exclude<LogEvent, { readonly event: 'item' }>): LogEvent | undefined {
  if (event.event === 'user') return undefined;
  if (event.event === 'ranking') return anonymousList(event);
  // A click that names no list is on the latest of its user.
  return event.ranking === '' ? undefined : { ...event, user: '' };
}

export function anonymousList({ session: _, ...list }: RankingEvent): RankingEvent {
  const { user } = list;
  const holdsUser = (value: FieldValue): boolean =>
    value === user || (Array.isArray(value) && value.some((part) => part === user));
  const fields = Object.fromEntries(Object.entries(list.fields).filter(([, value]) => !holdsUser(value)));
  return { ...list, user: '', fields };
}
