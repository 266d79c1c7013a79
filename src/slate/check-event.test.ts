import { describe, expect, it } from 'vitest';
import { checkEvent } from './check-event.ts';
import type { LogEvent } from './events.ts';
import { newFields } from './fields.ts';

const item = { event: 'item', item: 'i', time: 1, fields: { price: 2, tags: ['a'], gone: null } };
const user = { event: 'user', user: 'u', time: 1, fields: newFields() };
const list = { event: 'ranking', id: 'r', time: 1, user: '', fields: {}, items: [{ id: 'i', fields: {} }] };
const click = { event: 'interaction', ranking: 'r', time: 1, user: '', item: 'i', type: 'click' };
const check = (event: unknown): void => checkEvent(event as LogEvent);

describe('an event from code', () => {
  it.each([item, user, list, click])('%j is one', (event) => expect(() => check(event)).not.toThrow());

  it.each<[unknown, string, string]>([
    [null, 'unknown-event', 'found nothing'],
    [{ ...item, event: 'buy' }, 'unknown-event', 'found "buy"'],
    [{ ...click, time: undefined }, 'bad-timestamp', 'found nothing'],
    [{ ...item, time: Number.NaN }, 'bad-timestamp', 'found NaN'],
    [{ ...user, time: '1' }, 'bad-timestamp', 'found "1"'],
    [{ ...user, time: -5 }, 'bad-timestamp', 'found -5'],
    [{ ...click, time: 1.5 }, 'bad-timestamp', 'found 1.5; round it down'],
    [{ ...list, time: 1e15 * 1.8 }, 'bad-timestamp', 'it looks like microseconds: divide by 1,000'],
    [{ ...item, fields: { tags: ['a', 1] } }, 'bad-value', 'field "tags"'],
    [{ ...item, item: '' }, 'missing-field', '"item"'],
    [{ ...item, fields: null }, 'bad-value', '"fields" to be an object'],
    [{ ...user, fields: { age: Number.NaN } }, 'bad-value', 'field "age"'],
    [{ ...user, fields: { age: undefined } }, 'bad-value', 'field "age"'],
    [{ ...item, fields: { size: { width: 1 } } }, 'bad-value', 'field "size"'],
    [{ ...list, user: undefined }, 'bad-value', '"user"'],
    [{ ...list, items: undefined }, 'missing-field', '"items"'],
    [{ ...list, items: [] }, 'empty-slate', 'at least one'],
    [{ ...list, items: [null] }, 'missing-field', '"id"'],
    [{ ...list, items: [...list.items, ...list.items] }, 'item-twice-in-slate', 'every item once'],
    [{ ...list, items: [{ id: 'i', position: -1 }] }, 'bad-value', '"position"'],
    [{ ...click, ranking: undefined }, 'bad-value', '"ranking"'],
    [{ ...click, item: 7 }, 'missing-field', '"item"'],
  ])('%j is refused', (event, reason, sentence) => {
    expect(() => check(event)).toThrow(expect.objectContaining({ reason, message: expect.stringContaining(sentence) }));
  });
});
