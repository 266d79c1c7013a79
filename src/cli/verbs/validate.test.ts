import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import { EXIT } from '../exit-codes.ts';

const LIST = '{"event":"ranking","id":"r","timestamp":1700000000000,"items":[{"id":"a"}]}';
const ITEM = '{"event":"item","item":"a","timestamp":1700000000000,"fields":[]}';

it.each([
  ['a clean log', [LIST, ITEM], '', EXIT.clean, /\nfrom 2023-11-14 22:13 to .*\nOK\n$/],
  ['a rejected line', [LIST, 'garbage'], '', EXIT.rejects, /\nNOT CLEAN\n$/],
  [
    'one that is allowed',
    [LIST, 'garbage'],
    ' --allow-rejects 1',
    EXIT.clean,
    /\nOK, with the rejected lines that .* 1 allows\n$/,
  ],
  ['a log without a list', [ITEM], '', EXIT.failed, /\n0 interactions of other types; 0 lines rejected\nNOT USABLE\n$/],
  ['garbage alone', ['garbage'], ' --allow-rejects 1', EXIT.failed, /\nNOT USABLE\n$/],
  ['garbage alone, as JSON', ['garbage'], ' --allow-rejects 1 --json', EXIT.failed, /"lists": 0/],
])('%s: the verdict and the exit code agree', async (_, lines, more, expected, verdict) => {
  const folder = await mkdtemp(join(tmpdir(), 'validate-'));
  await writeFile(join(folder, 'log.jsonl'), lines.join('\n'));
  const line = `validate ${join(folder, 'log.jsonl')} --rejected ${join(folder, 'rejected.jsonl')}${more}`;
  const { code, printed, said } = await ended(line);
  expect(printed).toMatch(verdict);
  expect(printed).not.toContain('1970');
  expect(code).toBe(expected);
  if (expected === EXIT.failed) expect(said).toContain('expected at least one ranking event, found none in 1 lines');
});

it.each([
  ['seconds', 1700000000, true],
  ['milliseconds', 1700000000000, false],
  ['made-up small times', 5000, false],
])('times in %s: warned of where they are seconds', async (_, time, warned) => {
  const folder = await mkdtemp(join(tmpdir(), 'validate-'));
  await writeFile(join(folder, 'log.jsonl'), LIST.replace('1700000000000', String(time)));
  const { printed, code } = await ended(`validate ${join(folder, 'log.jsonl')} --rejected ${join(folder, 'r.jsonl')}`);
  expect(printed.includes('if they are seconds, multiply them by 1,000')).toBe(warned);
  expect(code).toBe(EXIT.clean);
});

it('quotes the first rejected line, which says how to mend it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'validate-'));
  await writeFile(join(folder, 'log.jsonl'), LIST.replace('1700000000000', '1700000000000000'));
  const { said } = await ended(`validate ${join(folder, 'log.jsonl')} --rejected ${join(folder, 'r.jsonl')}`);
  expect(said).toMatch(/1 of 1 lines rejected \(1 bad-timestamp; the first: .*divide by 1,000.*\); each is kept/);
});
