/** How `slatewise retrain` ends: a bad day stops it, until a person says that it is sound, or leaves it out. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { choiceInJournal } from '../src/retrain/choice/in-journal.ts';
import { retrain, workIn } from '../src/retrain/retrain.ts';
import type { RetrainVerdict } from '../src/retrain/verdict.ts';
import { lockFolder } from '../src/serve/journal/folder-lock.ts';
import { readableJournal } from '../src/serve/journal/read-journal.ts';
import type { LogEvent } from '../src/slate/events.ts';
import { ended } from './command-ending.ts';
import { smallConfig } from './encoded-drinks.ts';
import { modelsFolder } from './served-models.ts';
import { drinksOverDays, writeJournal } from './written-journal.ts';

const DAY = 24 * 60 * 60_000;
const events = drinksOverDays({ lists: 1200, perDay: 150, seed: 6 });
const start = events[0].time;
const daysOf = (from: number, to: number): readonly LogEvent[] =>
  events.filter(({ time }) => time >= start + from * DAY && time < start + to * DAY);
const iso = (day: number): string => new Date(start + day * DAY).toISOString();
let journal = '';
let models = '';
let first = '';

interface Place {
  readonly journal: string;
  readonly models: string;
}
const here = (): Place => ({ journal, models });
/** A copy of all that there is now. */
async function copied(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'retrain-stops-'));
  const copy = { journal: join(folder, 'journal'), models: join(folder, 'models') };
  await cp(journal, copy.journal, { recursive: true });
  await cp(models, copy.models, { recursive: true });
  return copy;
}

const command = (more = '', place = here()): string =>
  `retrain ${place.journal} --models ${place.models} --no-config --seeds 1 --margin 1000 --workers 1${more}`;
const verdict = async (place = here()): Promise<RetrainVerdict> =>
  JSON.parse(await readFile(join(workIn(place.models), 'verdict.json'), 'utf8')) as RetrainVerdict;
const listsOf = (found: readonly LogEvent[]): number => found.filter(({ event }) => event === 'ranking').length;

beforeAll(async () => {
  journal = join(await mkdtemp(join(tmpdir(), 'retrain-stops-')), 'journal');
  models = await modelsFolder('random');
  await writeJournal(journal, daysOf(0, 6));
  const found = await retrain({
    ...{ models, journal: { name: journal, ...readableJournal(journal) }, choice: choiceInJournal(journal, models) },
    ...{ settings: settingsDefaults, config: smallConfig('pointwise-bce'), seeds: [1], days: 1, margin: 10, keep: 5 },
    ...{ leftOut: [], workers: 1, reporter: silentReporter },
  });
  first = found?.model ?? '';
  // A day on which no click was told.
  await writeJournal(
    journal,
    daysOf(6, 7).filter(({ event }) => event !== 'interaction'),
  );
}, 120_000);

describe('slatewise retrain', () => {
  it('ends with 5 and the reason where a day is broken, and changes nothing', async () => {
    const { code, printed } = await ended(command());
    expect(code).toBe(EXIT.stopped);
    expect(printed).toMatch(
      /^Stopped by the data: .* UTC: 0\.0 % of the shown items were clicked, expected [\d.]+ % to [\d.]+ % by the days before/,
    );
    expect(await verdict()).toMatchObject({ outcome: 'stopped', before: first, model: null, judgement: null });
    expect((await readdir(models)).sort()).toEqual(['.retrain', 'random', first].sort());
    expect(printed).toContain('What was refused is left out from now on');
  });

  it('ends with 6 where another is at it, and with 2 where Redis has the journal and no server is named', async () => {
    const unlock = await lockFolder(workIn(models));
    expect(await ended(command())).toMatchObject({ code: EXIT.locked, said: expect.stringContaining('found process') });
    await unlock();
    const redis = await ended(`retrain redis://127.0.0.1:1 --models ${models}`);
    expect(redis).toMatchObject({ code: EXIT.usage, said: expect.stringContaining('expected --server') });
  });

  it('waits for a whole day after one that was refused', async () => {
    const { code, printed } = await ended(command());
    expect(code).toBe(EXIT.stopped);
    expect(printed).toMatch(
      /^Stopped by the data: the day up to .* UTC was refused, and no whole day has come since\./,
    );
  });

  it('learns from a day that a person says is sound, whatever the checks said', async () => {
    const place = await copied();
    const { code, said } = await ended(command(` --accept-until ${iso(7)}`, place));
    expect(code, said).toBe(EXIT.clean);
    const { data, leftOut } = await verdict(place);
    expect([data.lists, leftOut]).toEqual([listsOf(daysOf(0, 7)), []]);
    // It is not refused any more.
    expect(await readFile(join(workIn(place.models), 'refused.json'), 'utf8')).toBe('[]\n');
  }, 60_000);

  it('goes on without a day that it is told to leave out', async () => {
    const place = await copied();
    await rm(join(workIn(place.models), 'refused.json'));
    await writeJournal(place.journal, daysOf(7, 8));
    const { code, said } = await ended(command(` --leave-out ${iso(6)}/${iso(7)}`, place));
    expect(code, said).toBe(EXIT.clean);
    expect((await verdict(place)).data.lists).toBe(listsOf([...daysOf(0, 6), ...daysOf(7, 8)]));
  }, 60_000);

  it('leaves a refused day out by itself, once the day after it is sound, and every night from then on', async () => {
    await writeJournal(journal, daysOf(7, 8));
    const { code, printed, said } = await ended(command());
    expect(code, said).toBe(EXIT.clean);
    const { outcome, before, data, leftOut } = await verdict();
    expect([outcome, before, leftOut.length]).toEqual(['activated', first, 1]);
    const [from, to] = [leftOut[0].from, leftOut[0].to].map(Date.parse);
    expect(to - from).toBe(DAY);
    expect(printed).toContain(`Without ${leftOut[0].from} to ${leftOut[0].to}.`);
    expect(data.lists).toBe(listsOf(daysOf(0, 8).filter(({ time }) => time < from || time >= to)));
    expect(JSON.parse(await readFile(join(workIn(models), 'refused.json'), 'utf8'))).toEqual([{ from, to }]);
  }, 60_000);

  it('ends with 5 on every night on which each day of the journal is refused, until one is sound', async () => {
    const place = { ...(await copied()), journal: join(await mkdtemp(join(tmpdir(), 'retrain-stops-')), 'journal') };
    await rm(join(workIn(place.models), 'refused.json'), { force: true });
    const described = events
      .filter(({ event }) => event === 'item')
      .map((event) => ({ ...event, time: start + 6 * DAY }));
    await writeJournal(place.journal, [...described, ...daysOf(6, 7).filter(({ event }) => event !== 'interaction')]);
    await writeFile(join(place.journal, 'active.json'), `{"active":"${first}"}`);
    const nights = [await ended(command('', place)), await ended(command('', place))];
    expect(
      nights.map(({ code }) => code),
      nights[0].said,
    ).toEqual([EXIT.stopped, EXIT.stopped]);
    expect(nights[0].printed).toContain('0.0 % of the shown items were clicked');
    expect(nights[1].printed).toContain('no whole day has come since');
    expect(nights[1].printed).toContain('It read no list.');
    expect((await verdict(place)).data).toMatchObject({ lists: 0, clicks: 0, from: null, to: null });
    // Two days: the first is held against the log of another training, whose numbers of lists say nothing.
    await writeJournal(place.journal, daysOf(7, 8));
    const { code, printed, said } = await ended(command('', place));
    expect(code, printed + said).toBe(EXIT.clean);
  }, 60_000);

  it('ends with 4 where the journal has nothing new', async () => {
    const { code, printed } = await ended(command());
    expect(code).toBe(EXIT.kept);
    expect(printed).toContain('the journal has nothing that it does not know');
  });
});
