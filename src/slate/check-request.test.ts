import { describe, expect, it } from 'vitest';
import { checkRequest, copyOfRequest } from './check-request.ts';
import type { RankingEvent } from './events.ts';
import { InputError } from './input-error.ts';

const sound: RankingEvent = {
  ...{ event: 'ranking', id: 'q', time: 5, user: '', fields: { query: 'tea', sizes: [1, 2], isNew: true } },
  items: [
    { id: 'a', fields: {}, position: 3 },
    { id: 'b', fields: { relevancy: 0.5 } },
  ],
};

const [a] = sound.items;
const wrong: readonly (readonly [unknown, string])[] = [
  [
    undefined,
    'a request: expected an object with "id", "time", "user", "fields" and "items", found nothing; mend the request',
  ],
  [new Map(Object.entries(sound)), 'found a Map; mend the request'],
  [Promise.resolve(sound), 'found a promise; await it'],
  [Object.create(sound), 'found an object with inherited keys'],
  [
    { ...sound, fields: new Map([['price', 5]]) },
    'request q, "fields": expected an object of values by name, such as {}, found a Map',
  ],
  [{ ...sound, fields: Promise.resolve({ price: 5 }) }, 'such as {}, found a promise; await it'],
  [{ ...sound, items: [Object.create(a)] }, 'request q, item 0: expected an object with "id"'],
  [
    { ...sound, items: [{ ...a, fields: new Set() }] },
    'request q, item 0, "fields": expected an object of values by name',
  ],
  [{ ...sound, id: '' }, 'a request: expected an "id", a string that is not empty, found ""'],
  [{ ...sound, id: 7 }, 'found 7'],
  [
    { ...sound, time: Number.NaN },
    'request q: expected "time" in milliseconds since 1970, such as Date.now(), found NaN',
  ],
  [{ ...sound, time: Number.POSITIVE_INFINITY }, 'found Infinity'],
  [{ ...sound, time: -1 }, 'found -1'],
  [
    { ...sound, time: Date.UTC(2026, 0, 1) * 1000 },
    'before the year 2200, found 1767225600000000; it looks like microseconds: divide by 1,000',
  ],
  [{ ...sound, time: 1e300 }, 'found 1e+300; give milliseconds since 1970'],
  [{ ...sound, time: 5.5 }, 'whole milliseconds since 1970, found 5.5; round it down'],
  [{ ...sound, time: '2026-01-01' }, 'found "2026-01-01"'],
  [{ ...sound, user: undefined }, 'request q: expected "user" to be a string, empty for nobody known, found nothing'],
  [
    { ...sound, fields: undefined },
    'request q, "fields": expected an object of values by name, such as {}, found nothing',
  ],
  [{ ...sound, fields: ['x'] }, 'found ["x"]'],
  [
    { ...sound, fields: { x: null } },
    'request q, "fields", "x": expected a finite number, a string, a boolean or a list',
  ],
  [{ ...sound, fields: { x: Number.NaN } }, 'found NaN'],
  [{ ...sound, fields: { x: [1, {}] } }, 'found [1,{}]'],
  [{ ...sound, items: [] }, 'request q: expected at least one item in "items", found []'],
  [{ ...sound, items: 'a' }, 'found "a"'],
  [{ ...sound, items: [undefined] }, 'request q, item 0: expected an object with "id", a string that is not empty'],
  [{ ...sound, items: [a, { id: '', fields: {} }] }, 'request q, item 1: expected an object with "id"'],
  [{ ...sound, items: [a, a] }, 'request q, item 1: expected every item once, found "a"; mend the request'],
  [{ ...sound, items: [{ id: 'a' }] }, 'request q, item 0, "fields": expected an object of values by name'],
  [{ ...sound, items: [{ ...a, position: 1.5 }] }, 'expected "position" to be a whole number from 0, found 1.5'],
  [{ ...sound, items: [{ ...a, position: -1 }] }, 'found -1'],
  [{ ...sound, items: [{ ...a, row: '1' }] }, 'item 0: expected "row" to be a whole number from 0, found "1"'],
  [{ ...sound, items: [{ ...a, propensity: 0 }] }, 'item 0: expected "propensity" above 0 and at most 1, found 0'],
  [{ ...sound, items: [{ ...a, postion: 3 }] }, 'found "postion"; did you mean "position"?'],
  [{ ...sound, items: [{ ...a, relevancy: 3 }] }, 'found "relevancy"; what is to be known of it is a field'],
  [{ ...sound, itmes: [] }, 'found "itmes"; did you mean "items"?'],
  [{ ...sound, fields: { x: ['a', 1] } }, '"x": expected a finite number, a string'],
  [{ ...sound, session: 5 }, 'expected "session" to be a string, found 5'],
  [{ ...sound, size: '3' }, 'request q: expected "size" to be a whole number from 1, found "3"; mend the request'],
  [{ ...sound, size: 0 }, 'found 0'],
  [{ ...sound, deadline: '60000' }, 'request q: expected "deadline" to be milliseconds from 0, found "60000"'],
  [{ ...sound, deadline: Number.NaN }, 'found NaN'],
  [{ ...sound, propensity: '1' }, 'expected "propensity" to be a number, found "1"'],
];

describe('a request from code', () => {
  it('passes where it is one', () => {
    expect(() => checkRequest(sound)).not.toThrow();
  });

  it.each(wrong)('is refused in one sentence: %#', (request, sentence) => {
    expect(() => checkRequest(request as RankingEvent)).toThrow(InputError);
    expect(() => checkRequest(request as RankingEvent)).toThrow(sentence);
  });

  it('is quoted in a few words', () => {
    const refuse = (): void => checkRequest({ ...sound, user: 'u', items: `${'long '.repeat(100)}` as never });
    expect(refuse).toThrow(/found "long .{0,60}\.\.\.; mend the request/);
  });
});

describe('a copy of a request', () => {
  it('does not change with what it was made from', () => {
    const given = {
      ...sound,
      fields: { ...sound.fields },
      items: sound.items.map((item) => ({ ...item, fields: {} })),
    };
    const copy = copyOfRequest(given);
    Object.assign(given, { id: 'other', time: 6 });
    Object.assign(given.items[0], { id: 'c' });
    Object.assign(given.items[1].fields, { price: 1 });
    Object.assign(given.fields, { query: 'coffee' });
    expect(copy).toEqual({
      ...sound,
      items: [
        { id: 'a', fields: {}, position: 3 },
        { id: 'b', fields: {} },
      ],
    });
  });
});
