import { checkEvent } from './check-event.ts';
import type { LogEvent } from './events.ts';
import type { FieldUpdates } from './fields.ts';

/** An event in the form that logs have. Throws `RejectedEvent` for what is no event. */
export function eventToJson(event: LogEvent): unknown {
  checkEvent(event);
  const { time, ...rest } = event;
  const shared = { ...rest, timestamp: time };
  if (event.event === 'interaction') return shared;
  const fields = fieldList(event.fields);
  if (event.event !== 'ranking') return { ...shared, fields };
  return { ...shared, fields, items: event.items.map((item) => ({ ...item, fields: fieldList(item.fields) })) };
}

const fieldList = (fields: FieldUpdates): readonly unknown[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));
