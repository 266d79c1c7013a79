/** What a server explored and was told judges other slates: from /v1/generate to slatewise evaluate. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalReport } from '../src/measure/journal-report.ts';
import { type ModelCard, saveModel } from '../src/scoring/model-folder.ts';
import type { ComposedList, GenerateAnswer } from '../src/serve/client/answer-types.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import { createServer } from '../src/serve/http/create-server.ts';
import { createPositionReader } from '../src/serve/journal/known-position.ts';
import { readJournal } from '../src/serve/journal/read-journal.ts';
import { ended } from './command-ending.ts';
import { encodedDrinks } from './encoded-drinks.ts';
import { randomStoredModel } from './random-model.ts';
import { modelsFolder } from './served-models.ts';

const LISTS = 200;
const ITEMS = ['small', 'medium', 'large'];

let [models, journal, folder] = ['', '', ''];
/** What is clicked: the medium one at the top, and nothing else. */
const clicksOn = ([first]: readonly string[]): number => Number(first === 'medium');
/** Of each list: as drawn, and as `top` would have made it then. */
const lists: { readonly drawn: readonly string[]; readonly top: readonly string[] }[] = [];

beforeAll(async () => {
  models = await modelsFolder('a');
  folder = await mkdtemp(join(tmpdir(), 'journal-evaluation-'));
  journal = join(folder, 'journal');
  let now = 1_800_000_000_000;
  await using host = await createHost({ models, journal, durability: 'process', now: () => now++ });
  const { app } = createServer(host);
  const made = async (payload: object): Promise<ComposedList> => {
    const response = await app.inject({
      ...{ method: 'POST', url: '/v1/generate', headers: { host: 'localhost' }, payload },
    });
    return (response.json() as GenerateAnswer).lists[0].slates[0];
  };
  const ids = ({ items }: ComposedList): readonly string[] => items.map(({ item }) => item);
  for (let l = 0; l < LISTS; l++) {
    const request = { id: `l${l}`, user: `u${l % 50}`, items: ITEMS };
    const top = ids(await made({ size: 2, generator: 'top', requests: [request] }));
    const drawn = ids(await made({ size: 2, explore: { policy: 'epsilon', epsilon: 1 }, requests: [request] }));
    lists.push({ drawn, top });
    const time = now + 1;
    const clicks = drawn.slice(0, clicksOn(drawn)).map((item) => ({
      event: { event: 'interaction', ranking: `l${l}`, item, type: 'click', time },
    }));
    // Every tenth is not shown as it was answered.
    const items = l % 10 === 0 ? drawn.toReversed() : drawn;
    await host.observe([{ event: { event: 'ranking', id: `l${l}`, user: `u${l % 50}`, time, items } }, ...clicks]);
  }
  await app.close();
});

const evaluated = async (
  more: string,
): Promise<{ readonly code: number; readonly said: string; readonly report: JournalReport }> => {
  const { code, printed, said } = await ended(`evaluate ${models}/a ${journal} --workers 1 --no-config${more}`);
  return { code, said, report: printed.startsWith('{') ? JSON.parse(printed) : printed };
};

describe('slatewise evaluate on a journal', () => {
  it('says what a generator would have brought, from lists that were drawn and shown so', async () => {
    const { code, report, said } = await evaluated(' --generator top --json');
    expect(code, said).toBe(0);
    const shown = lists.filter((_, l) => l % 10 !== 0);
    const agreeing = shown.filter(({ drawn, top }) => drawn.join() === top.join());
    expect(report.lists).toBe(shown.length);
    expect(report.leftOut).toEqual({ notDrawn: LISTS, notShown: LISTS / 10, learned: 0, refused: 0 });
    const [{ name, agreeing: counted, effective, estimates, intervals }] = report.rows;
    expect([name, counted]).toEqual(['top', agreeing.length]);
    expect(effective.SIPS).toBeCloseTo(agreeing.length, 9);
    const truth = shown.reduce((sum, { top }) => sum + clicksOn(top), 0) / shown.length;
    for (const id of ['SNSIPS', 'SNIIPS', 'SNRIPS'] as const) expect(Math.abs(estimates[id] - truth)).toBeLessThan(0.1);
    expect(Math.abs(estimates.CDR - truth)).toBeLessThan(0.4);
    expect([intervals.CDR, intervals.DR]).toEqual([null, expect.anything()]);
    const { report: stated } = await evaluated(' --generator top --json --assume cascade');
    expect([stated.assume, stated.rows[0].intervals.IIPS]).toEqual(['cascade', null]);
    expect(stated.rows[0].intervals.CDR).not.toBeNull();
    const clicks = shown.reduce((sum, { drawn }) => sum + clicksOn(drawn), 0);
    expect(report.logged).toBeCloseTo(clicks / shown.length, 9);
  });

  it('tells no interval where few lists agree, and says so in words', async () => {
    const rules = join(folder, 'rules.json');
    // A slate that was asked for without rules is judged as if it had to begin so.
    await writeFile(rules, JSON.stringify({ pin: [{ item: 'large', position: 0 }] }));
    const { report } = await evaluated(` --generator top --rules ${rules}`);
    expect(report).toContain('lists that agree');
    const { report: json } = await evaluated(` --generator top --rules ${rules} --json`);
    const [{ estimates }] = json.rows;
    // Nothing is clicked below the large one.
    expect([estimates.SIPS, estimates.SNSIPS, estimates.RIPS]).toEqual([0, 0, 0]);
  });

  it('judges a model that was trained from the journal by the lists that its training held out', async () => {
    const reader = createPositionReader();
    const times: number[] = [];
    for await (const entries of readJournal(journal))
      for (const entry of entries) {
        reader.add(entry);
        if (entry.kind === 'event' && entry.event.event === 'ranking') times.push(entry.event.time);
      }
    const encoded = await encodedDrinks(200);
    const save = async (name: string, card: Partial<ModelCard>) => {
      const known = { knownUntil: times[LISTS - 1], journal: reader.position() };
      await saveModel(join(models, name), randomStoredModel(encoded, { card: { ...known, ...card } }));
      const { code, printed, said } = await ended(
        `evaluate ${models}/${name} ${journal} --workers 1 --no-config --generator top --json`,
      );
      return { code, said, report: printed === '' ? undefined : (JSON.parse(printed) as JournalReport) };
    };
    const half = LISTS / 2;
    const { report, said } = await save('held-out', { learnedUntil: times[half - 1] });
    expect(said).not.toContain('expected');
    expect(report?.lists).toBe(half - half / 10);
    // Two answers a list: one of them was drawn.
    expect(report?.leftOut).toEqual({ notDrawn: half, notShown: half / 10, learned: 2 * half, refused: 0 });
    const all = await save('of-all', {});
    expect([all.code, all.said]).toEqual([1, expect.stringContaining('judge a model that held lists out')]);
    expect(all.said).not.toContain('explore"');
  });

  it('refuses a journal without a generator, and one in which nothing was explored', async () => {
    expect((await evaluated('')).said).toContain('expected --generator beside the journal of a server');
    const empty = join(await mkdtemp(join(tmpdir(), 'journal-evaluation-')), 'journal');
    await using host = await createHost({ models, journal: empty, durability: 'process' });
    await host.observe([{ event: { event: 'ranking', id: 'l1', user: 'u', items: ITEMS } }]);
    const { code, said } = await ended(`evaluate ${models}/a ${empty} --no-config --workers 1 --generator top`);
    expect([code, said]).toEqual([1, expect.stringContaining('expected explored answers that were shown, found none')]);
  });
});
