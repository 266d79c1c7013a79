import { createHash } from 'node:crypto';
import type { LogEvent } from '../../slate/events.ts';
import { KEY_LENGTH } from '../snapshots/recent-piece.ts';

/**
 * By what an event is known again: its id, else a list by its id, time, user and items, an interaction by its list, user, item and type (where it names no list: also by its
 * time). Undefined for what a second time changes nothing. Nothing of the event can be read from it.
 */
export function eventKey(id: string | undefined, event: LogEvent): string | undefined {
  const parts = id === undefined ? partsOf(event) : ['id', id];
  return parts && createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, KEY_LENGTH);
}

function partsOf(event: LogEvent): readonly unknown[] | undefined {
  if (event.event === 'ranking') {
    const { id, time, user, items } = event;
    return ['list', id, time, user, items.map((item) => item.id)];
  }
  if (event.event !== 'interaction') return undefined;
  const { ranking, user, item, type, time } = event;
  return ['interaction', ranking, user, item, type, ...(ranking === '' ? [time] : [])];
}
