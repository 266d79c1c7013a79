import { describe, expect, it } from 'vitest';
import { checkRequest } from './check-request.ts';
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
  [undefined, 'a request: expected an "id", a string that is not empty, found nothing'],
  [{ ...sound, id: '' }, 'a request: expected an "id", a string that is not empty, found ""'],
  [{ ...sound, id: 7 }, 'found 7'],
  [
    { ...sound, time: Number.NaN },
    'request q: expected "time" in milliseconds since 1970, such as Date.now(), found NaN',
  ],
  [{ ...sound, time: Number.POSITIVE_INFINITY }, 'found Infinity'],
  [{ ...sound, time: -1 }, 'found -1'],
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
