import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type EventInput, InputError, type ListModel, train } from '../src/index.ts';
import { MARKET_START, marketEvents, quick } from './door-events.ts';

const LISTS = 400;
/** Seven of ten lists are learned from; the rest choose the epoch or measure. */
const TRAINED = 280;
const events: readonly EventInput[] = marketEvents(LISTS);
const listAt = (time: number): number => Math.floor((time - MARKET_START) / 60_000) - 1;
const isLater = ({ time }: EventInput): boolean => listAt(Number(time)) >= TRAINED;

async function weightsOf(model: ListModel): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'schema-')), 'model');
  await model.save(folder);
  return (await readFile(join(folder, 'weights.bin'))).toString('base64');
}

/** The events with more fields on the lists, and on items shown in them, from one list on. */
function withMore(
  fields: Readonly<Record<string, string | number>>,
  isChanged: (event: EventInput) => boolean,
): EventInput[] {
  return events.flatMap((event): EventInput[] => {
    if (event.event !== 'ranking' || !isChanged(event)) return [event];
    const items = event.items.flatMap((item) =>
      typeof item === 'object' ? [{ ...item, fields: { ...item.fields, ...fields } }] : [],
    );
    const [{ id: first }] = items;
    const described: EventInput = { event: 'item', item: first, time: event.time, fields };
    return [described, { ...event, items, fields: { ...event.fields, ...fields } }];
  });
}

it('fields and values that only later lists have leave every weight as it is, bitwise, and are told', async () => {
  const plain = await train(events, quick);
  const more = withMore({ season: 'winter', mood: 3, relevancy: 'none at all', price: 'free' }, isLater);
  const told = await train(more, quick);
  expect(told.report.fields).toEqual(plain.report.fields);
  expect(await weightsOf(told)).toBe(await weightsOf(plain));
  const { warnings = [] } = told.report.read ?? {};
  for (const field of ['item.season', 'ranking.mood', 'rankedItem.season'])
    expect(warnings.filter((each) => each.startsWith(`${field}: appears only outside the training part`))).toHaveLength(
      1,
    );
  await Promise.all([plain.close(), told.close()]);
});

it('a field that only training lists have is learned from', async () => {
  const model = await train(
    withMore({ season: 'winter' }, (event) => !isLater(event) && listAt(Number(event.time)) % 2 === 0),
    quick,
  );
  expect(model.report.fields).toMatchObject({ 'ranking.season': 'category', 'rankedItem.season': 'category' });
  expect(model.report.read?.warnings.join(' ')).not.toContain('season');
  await model.close();
});

it('clicks that lie outside the training part only are refused in one sentence', async () => {
  const late = events.filter((event) => event.event !== 'interaction' || isLater(event));
  const refused = train(late, quick);
  await expect(refused).rejects.toThrow(InputError);
  await expect(refused).rejects.toMatchObject({
    code: 'not-enough-data',
    message: expect.stringMatching(
      /^split: expected clicks in the training part, found none on its 280 lists \(\d+ clicks in the validation part, \d+ in the test part\); use more data or other shares$/,
    ),
  });
});
