/** How `slatewise retrain` ends: a bad day stops it, until a person says that it is sound, or leaves it out. */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { choiceInJournal } from '../src/retrain/choice/in-journal.ts';
import { retrain, workIn } from '../src/retrain/retrain.ts';
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

const command = (more = ''): string =>
  `retrain ${journal} --models ${models} --no-config --seeds 1 --margin 1000 --workers 1${more}`;
const verdict = async (): Promise<unknown> => JSON.parse(await readFile(join(workIn(models), 'verdict.json'), 'utf8'));

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
  });

  it('ends with 6 where another is at it, and with 2 where Redis has the journal and no server is named', async () => {
    const unlock = await lockFolder(workIn(models));
    expect(await ended(command())).toMatchObject({ code: EXIT.locked, said: expect.stringContaining('found process') });
    await unlock();
    const redis = await ended(`retrain redis://127.0.0.1:1 --models ${models}`);
    expect(redis).toMatchObject({ code: EXIT.usage, said: expect.stringContaining('expected --server') });
  });

  it('goes on without the day that is left out', async () => {
    await writeJournal(journal, daysOf(7, 8));
    expect((await ended(command())).code).toBe(EXIT.stopped);
    const { code, said } = await ended(command(` --leave-out ${iso(6)}/${iso(7)}`));
    expect(code, said).toBe(EXIT.clean);
    const found = (await verdict()) as { readonly data: { readonly lists: number }; readonly checks: unknown[] };
    expect(found).toMatchObject({ outcome: 'activated', before: first });
    const lists = [...daysOf(0, 6), ...daysOf(7, 8)].filter(({ event }) => event === 'ranking').length;
    expect(found.data.lists).toBe(lists);
  }, 60_000);

  it('ends with 4 where the journal has nothing new', async () => {
    const { code, printed } = await ended(command());
    expect(code).toBe(EXIT.kept);
    expect(printed).toContain('the journal has nothing that it does not know');
  });
});
