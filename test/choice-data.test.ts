import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readAvailability, readElectricity, readSwissMetro } from '../examples/choice/formats.ts';
import { readHotel } from '../examples/choice/hotel.ts';
import { loadChoices } from '../examples/choice/load.ts';
import { choiceSplits, splitsOf, unitsOf } from '../examples/choice/splits.ts';
import { choiceEvents } from '../examples/choice/to-events.ts';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';

const MODES = 'Choice,Car,Bus,Walk\n1,1,1,0\n3,0,1,1\n1,0,1,1\n2,1,1,1\n';
const CONTRACTS = `"choice","id","alt","pf","cl","loc","wk","tod","seas","chid"
FALSE,7,1,7,5,0,1,0,0,1
TRUE,7,2,9,1,1,0,0,0,1
TRUE,8,1,9,1,1,0,0,0,2
FALSE,8,2,0,1,0,0,1,0,2
`;
const ANSWERS = `GROUP,ID,PURPOSE,FIRST,TICKET,WHO,LUGGAGE,AGE,MALE,INCOME,GA,TRAIN_AV,CAR_AV,SM_AV,TRAIN_TT,TRAIN_CO,TRAIN_HE,SM_TT,SM_CO,SM_HE,SM_SEATS,CAR_TT,CAR_CO,CHOICE
2,1,1,0,1,1,0,3,0,2,0,1,0,1,112,48,120,63,52,20,0,0,0,2
2,1,1,0,1,1,0,3,0,2,0,1,1,1,103,48,30,60,49,10,0,117,84,3
2,4,1,0,1,1,0,3,0,2,0,1,1,1,103,48,30,60,49,10,0,117,84,0
`;

it('reads a table of availability: what was on offer, and which was chosen', () => {
  const { occasions, items, skipped } = readAvailability(MODES, 'modes.csv');
  const offered = occasions.map(({ alternatives, chosen }) => [alternatives.map(({ item }) => item), chosen]);
  expect(offered).toEqual([
    [['Car', 'Bus'], 0],
    [['Bus', 'Walk'], 1],
    [['Car', 'Bus', 'Walk'], 1],
  ]);
  expect(skipped).toBe(1);
  expect(items.get('Bus')).toEqual({ mode: 'Bus' });
});

it('reads contracts: the same contract is the same item, the household its user', () => {
  const { occasions, items } = readElectricity(CONTRACTS, 'electricity.csv');
  expect(occasions.map(({ user, chosen }) => [user, chosen])).toEqual([
    ['household 7', 1],
    ['household 8', 0],
  ]);
  expect(occasions[0].alternatives[1].item).toBe(occasions[1].alternatives[0].item);
  expect(items.get(occasions[0].alternatives[0].item)).toEqual({ pf: 7, cl: 5, loc: 0, wk: 1, tod: 0, seas: 0 });
});

it('reads answers: absent alternatives are left out, unknown answers skipped', () => {
  const { occasions, skipped, users } = readSwissMetro(ANSWERS, 'swissmetro.csv');
  expect(occasions.map(({ alternatives, chosen }) => alternatives[chosen ?? -1]?.item)).toEqual(['swissmetro', 'car']);
  expect(occasions[0].alternatives.map(({ item }) => item)).toEqual(['train', 'swissmetro']);
  expect(occasions[0].alternatives[0].fields).toEqual({ minutes: 112, cost: 48, headway: 120 });
  expect(users.get('person 1')).toMatchObject({ age: 3, purpose: 'purpose 1' });
  expect(skipped).toBe(1);
});

it('reads bookings: nothing taken is an answer, and what is out of sample is the test part of every split', () => {
  const stay = (product: number): object => ({ offered_products: [2, 1, 0], product });
  const hotel = (bookings: readonly object[]): string =>
    JSON.stringify({
      product_labels: { 1: 'Suite', 2: 'King' },
      transactions: { in_sample_transactions: bookings, out_of_sample_transactions: [stay(0), stay(1)] },
    });
  const choices = readHotel(hotel(Array.from({ length: 8 }, (_, n) => stay(n % 3))), 'hotel.json');
  expect(choices.occasions[0].alternatives.map(({ item }) => item)).toEqual(['King', 'Suite']);
  expect(choices.occasions.map(({ chosen }) => chosen)).toEqual([
    undefined,
    1,
    0,
    undefined,
    1,
    0,
    undefined,
    1,
    undefined,
    1,
  ]);
  expect([...choiceEvents(choices)].filter(({ event }) => event === 'interaction')).toHaveLength(6);
  const { by, splits } = splitsOf('Hotel', choices);
  expect(by).toBe('file');
  for (const { train, validation, test } of splits) {
    expect(test).toEqual([8, 9]);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(validation).toHaveLength(1);
  }
  expect(() => readHotel(hotel([stay(7)]), 'hotel.json')).toThrow(
    'hotel.json: expected the product that is chosen on offer, found 7',
  );
  expect(() => readHotel('{}', 'hotel.json')).toThrow('hotel.json: expected transactions of a hotel');
});

it('says what is wrong with a broken line', () => {
  expect(() => readAvailability('Choice,Car,Bus\n1,1\n', 'modes.csv')).toThrow(
    'modes.csv: line 2: expected 3 values, found 2',
  );
  expect(() => readElectricity(CONTRACTS.replace(',7,5,', ',,5,'), 'x')).toThrow('column "pf": expected a number');
});

it('becomes a log that imports without a reject, in the order of the rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'choice-'));
  await writeFile(join(folder, 'electricity.csv.gz'), gzipSync(CONTRACTS));
  const choices = await loadChoices(folder, 'Electricity');
  if (choices === undefined) throw new Error('the file is there');
  const events = [...choiceEvents(choices)];
  expect(events.map(({ event }) => event).join(' ')).toBe(
    'item item item ranking interaction ranking interaction', // each contract once
  );
  expect(events[4]).toMatchObject({ ranking: 'choice-0', user: 'household 7', type: 'click' });
  const log = join(folder, 'log.jsonl.gz');
  await writeSimulation(
    events.map((event) => ({ event })),
    { log },
  );
  const summary = await importLog(log, join(folder, 'data'));
  expect(summary).toMatchObject({ lists: 2, clicks: 2, listsWithoutClick: 0, shownItems: 4, items: 3, rejected: 0 });
  const rankings: string[] = [];
  for await (const row of (await openDataset(join(folder, 'data'))).rows()) {
    if (row.kind === 'impression') rankings.push(row.impression.ranking.id);
  }
  expect(rankings).toEqual(['choice-0', 'choice-1']);
});

it('is undefined where the file is absent, and knows its names', async () => {
  expect(await loadChoices(join(tmpdir(), 'no such folder'), 'SFwork')).toBeUndefined();
  await expect(loadChoices(tmpdir(), 'Motel')).rejects.toThrow('expected one of SFwork, SFshop');
});

const rows = Array.from({ length: 50 }, (_, index) => index);

it('splits rows into parts that are disjoint, whole and fixed', () => {
  const splits = choiceSplits(rows);
  expect(splits).toHaveLength(10);
  for (const { train, validation, test } of splits) {
    expect([train.length, validation.length, test.length]).toEqual([35, 5, 10]);
    expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(rows);
  }
  expect(new Set(splits.map(({ test }) => test.join())).size).toBe(10);
  expect(choiceSplits(rows, { splits: 3 })).toEqual(splits.slice(0, 3));
  // Figures refer to these splits: they must not move.
  expect(splits[0].test).toEqual([1, 2, 8, 16, 28, 30, 36, 39, 47, 49]);
});

it('keeps all occasions of a household in one part', () => {
  const occasions = rows.map((index) => ({ user: `u${index % 10}`, fields: {}, alternatives: [], chosen: 0 }));
  const { by, splits } = splitsOf('made up', { occasions });
  expect(by).toBe('user');
  for (const { train, validation, test } of splits) {
    const usersOf = (part: readonly number[]): Set<string> => new Set(part.map((index) => occasions[index].user));
    expect([train, validation, test].map((part) => usersOf(part).size)).toEqual([7, 1, 2]);
    expect(train.length + validation.length + test.length).toBe(50);
  }
  expect(unitsOf(occasions.map((each) => ({ ...each, user: '' })))).toEqual(rows);
});
