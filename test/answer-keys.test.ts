import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { saveModel } from '../src/scoring/model-folder.ts';
import { ended } from './command-ending.ts';
import { encodedMarket } from './encoded-market.ts';

type Row = Readonly<Record<string, unknown>>;
const verbs = ['score', 'generate', 'explain'] as const;
type Verb = (typeof verbs)[number];

const IDS = ['i1', 'i2', 'i3'];
let clock: number;
const answers = {} as Record<Verb, { readonly said: string; readonly rows: readonly Row[] }>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'answers-'));
  const { scorer } = await encodedMarket(60);
  await saveModel(join(folder, 'model'), scorer);
  clock = scorer.memory.clock;
  const request = (id: string, timestamp: number): string =>
    JSON.stringify({ event: 'ranking', id, timestamp, user: 'u1', items: IDS.map((item) => ({ id: item })) });
  const lines = [request('early', clock - 1), request('at', clock), request('later', clock + 1), request('old', 1)];
  await writeFile(join(folder, 'requests.jsonl'), `${lines.join('\n')}\n`);
  for (const verb of verbs) {
    // The slate of all three as they stand is what all verbs then speak of.
    const rest = { score: '', generate: ' --json --generator top --size 3 --no-prices --rules ', explain: ' --json' };
    const pins = join(folder, 'pins.json');
    await writeFile(pins, JSON.stringify({ pin: IDS.map((item, position) => ({ item, position })) }));
    const line = `${verb} ${folder}/model ${folder}/requests.jsonl --workers 1${rest[verb]}${verb === 'generate' ? pins : ''}`;
    const { code, printed, said } = await ended(line);
    expect(code, said).toBe(0);
    const rows = printed.trim().split('\n');
    answers[verb] = { said, rows: rows.map((row) => JSON.parse(row)) };
  }
});

const slatesOf = (verb: Verb): readonly Row[] => answers[verb].rows.filter((row) => 'anyClick' in row);
const itemsOf = (verb: Verb): readonly Row[] =>
  verb === 'score'
    ? answers.score.rows.filter((row) => 'item' in row)
    : slatesOf(verb).flatMap(({ items }) => items as readonly Row[]);

/** A table of the page: by verb, the keys that are always there and those that may be. */
async function tableUnder(
  heading: string,
): Promise<Record<Verb, { readonly always: string[]; readonly all: string[] }>> {
  const page = await readFile(resolve(import.meta.dirname, '../docs/output.md'), 'utf8');
  const [, section] = page.split(`## ${heading}\n`);
  const rows = [...section.split('\n## ')[0].matchAll(/^\| `(\w+)` \|.*\| ([\w ]*) \| ([\w ]*) \| ([\w ]*) \|$/gm)];
  const column = (at: number, ...said: string[]): string[] =>
    rows.filter((row) => said.includes(row[2 + at].trim())).map(([, key]) => key);
  const entry = (at: number): { always: string[]; all: string[] } => ({
    always: column(at, 'yes').sort(),
    all: column(at, 'yes', 'if so').sort(),
  });
  return { score: entry(0), generate: entry(1), explain: entry(2) };
}

describe('score, generate and explain', () => {
  it.each([
    ['Of a request', slatesOf],
    ['Of an item', itemsOf],
  ])('have the keys that docs/output.md names: %s', async (heading, rowsOf) => {
    const table = await tableUnder(heading);
    for (const verb of verbs) {
      const rows = rowsOf(verb);
      expect(rows.length).toBeGreaterThan(3);
      for (const row of rows) {
        const keys = Object.keys(row);
        expect(keys).toEqual(expect.arrayContaining(table[verb].always));
        expect(table[verb].all).toEqual(expect.arrayContaining(keys));
      }
    }
  });

  it('say the same of the same slate', () => {
    for (const verb of ['generate', 'explain'] as const) {
      for (const [n, slate] of slatesOf(verb).entries()) {
        const same = slatesOf('score')[n];
        expect(slate.request).toBe(same.request);
        expect(slate.asOf).toBe(same.asOf);
        expect(slate.expectedClicks).toBeCloseTo(Number(same.expectedClicks), 5);
        expect(slate.anyClick).toBeCloseTo(Number(same.anyClick), 5);
      }
      for (const [n, { item, probability }] of itemsOf(verb).entries()) {
        expect(item).toBe(itemsOf('score')[n].item);
        expect(probability).toBeCloseTo(Number(itemsOf('score')[n].probability), 5);
      }
      expect(itemsOf(verb).map(({ position }) => position)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
    }
    const [first, second, third] = itemsOf('score').slice(0, 3);
    const falling = [first, second, third].sort((a, b) => Number(b.probability) - Number(a.probability));
    expect(falling.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  });

  it('answer requests from before the clock as of it, say so in each, and count them once', () => {
    for (const verb of verbs) {
      expect(slatesOf(verb).map(({ asOf }) => asOf)).toEqual([clock, undefined, undefined, clock]);
      expect(answers[verb].said).toBe(
        `2 requests are from before ${new Date(clock).toISOString()}, the last event that the model knows: answered as of it ("asOf" in the JSON)\n`,
      );
    }
  });
});
