import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { clicked, describeByIndex, MINUTE, plainMemory, shown } from '../../test/memory-events.ts';
import { createSlateEncoder } from '../encoding/columns/slate-encoder.ts';
import { createRng } from '../random/rng.ts';
import { createMemory, type Memory, type MemoryOptions } from './memory.ts';
import { segmentsInMemory } from './user-segments.ts';

const WHO = 'who-is-to-be-forgotten';
const START = 1e12;

/** Lists of many users and of one, some of them still open; fields; a pending list and click of that user at the clock. */
function busy(options: Partial<MemoryOptions> = {}): Memory {
  const memory = createMemory({
    ...{ describe: describeByIndex, denseColumns: 1, joinWindow: 30 * MINUTE, labelTypes: ['click'] },
    limits: { users: 1000, userAge: 1e12 },
    storage: { hotUsers: 16, segments: segmentsInMemory(2000) },
    ...options,
  });
  const rng = createRng('forget');
  memory.apply({ event: 'user', user: WHO, time: START, fields: { age: 7 } });
  for (let n = 0; n < 400; n++) {
    const user = n % 5 === 0 ? WHO : `u${n % 40}`;
    const time = START + n * MINUTE;
    const list = shown(`r${n}`, time, user, [`i${rng.integer(9)}`, `i${9 + rng.integer(9)}`]);
    memory.apply(list);
    if (n % 3 !== 0) memory.apply(clicked(list, list.items[n % 2].id, time + 1));
  }
  const now = shown('now', START + 1000 * MINUTE, WHO, ['i1', 'i2']);
  memory.apply(now);
  memory.apply(clicked(now, 'i1'));
  return memory;
}

const bytesOf = (memory: Memory): Buffer => Buffer.concat([...memory.capture()]);

it('leaves nothing of a person: not in what is told, nor in the bytes of a snapshot', () => {
  const memory = busy();
  expect(bytesOf(memory).includes(WHO)).toBe(true);
  expect(memory.forgetUser(WHO)).toBe(true);
  expect(bytesOf(memory).includes(WHO)).toBe(false);
  expect(JSON.stringify(memory.snapshot())).not.toContain(WHO);
  const { state } = memory.asOf(START + 2000 * MINUTE);
  expect([memory.userFields(WHO), state.users.get(WHO), memory.forgetUser(WHO)]).toEqual([undefined, undefined, false]);
});

it('leaves all others as they were, then and later', () => {
  const [memory, whole] = [busy(), busy()];
  memory.forgetUser(WHO);
  for (const each of [memory, whole])
    for (let n = 0; n < 60; n++) {
      const time = START + (1001 + n) * MINUTE;
      each.apply({ event: 'user', user: `u${n % 40}`, time, fields: { n } });
    }
  const [after, before] = [memory.snapshot(), whole.snapshot()];
  const isOther = ([id]: readonly [string, ...unknown[]]): boolean => id !== WHO;
  expect(after.users).toEqual(before.users.filter(isOther));
  expect(after.userFields).toEqual(before.userFields.filter(isOther));
  // Counts of items stay, but for who clicked them.
  expect(after.itemStates).toEqual(
    before.itemStates.map(([index, item]) => [index, { ...item, clickers: item.clickers.filter((id) => id !== WHO) }]),
  );
  expect(after.open).toEqual(before.open.map((list) => (list.user === WHO ? { ...list, user: '' } : list)));
  expect([after.exposures, after.clicks, after.positionClicks]).toEqual([
    before.exposures,
    before.clicks,
    before.positionClicks,
  ]);
});

it('answers to all others stay, bit for bit', async () => {
  const { features, memory } = await encodedDrinks(300);
  const encoder = createSlateEncoder({ ...features, graph: undefined });
  const { users, items } = memory.snapshot();
  const requests = users.slice(1, 30).map(([user], n) =>
    shown(
      `q${n}`,
      memory.clock + 1,
      user,
      items.slice(0, 4).map(([, id]) => id),
    ),
  );
  const before = encoder.encode(requests, memory);
  expect(memory.forgetUser(users[0][0])).toBe(true);
  expect(encoder.encode(requests, memory)).toEqual(before);
});

it('a list that is still open is nobody’s: its clicks count for its items alone', () => {
  const memory = plainMemory();
  const list = shown('r', START, WHO, ['a', 'b']);
  memory.apply(list);
  memory.forgetUser(WHO);
  expect(memory.apply({ ...clicked(list, 'b', START + 5), user: '' })).toBe('taken');
  expect(() => memory.apply({ ...clicked(list, 'a', START + 6), ranking: '' })).toThrow('found none');
  memory.apply(shown('s', START + 90 * MINUTE, WHO, ['a']));
  const { state } = memory.asOf(START + 91 * MINUTE);
  expect(state.items.get(1)).toMatchObject({ clicks: 1, clickers: [] });
  expect(state.users.get(WHO)).toMatchObject({ impressions: 1, clicks: 0 });
});

it('clicks that were rewound are forgotten too', () => {
  const memory = plainMemory();
  memory.restart();
  memory.rewindClicks();
  for (const [n, user] of [WHO, 'v', WHO].entries()) memory.recallClick({ time: START + n, user, item: 'a' });
  memory.apply({ event: 'item', item: 'b', time: START + 2, fields: {} });
  memory.forgetUser(WHO);
  memory.apply({ event: 'item', item: 'b', time: START + 9, fields: {} });
  const { clicks } = memory.asOf(START + 10);
  expect([clicks.items.get(0)?.clickers, clicks.users.get(WHO)]).toEqual([['v'], undefined]);
});
