import { expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { protocolLines } from '../print/text/protocol-lines.ts';
import { compareSystems } from './compare-systems.ts';
import { countPart } from './protocol.ts';

it('countPart counts users, lists, items, clicks and lists without a click', () => {
  const lists = {
    offsets: Int32Array.of(0, 3, 3, 5),
    labelS: Uint8Array.of(1, 0, 1, 0, 0),
    userB: Int32Array.of(9, 2, 9),
  };
  expect(countPart(lists)).toEqual({ users: 2, lists: 3, items: 5, clicks: 2, listsWithoutClick: 2 });
});

it('protocolLines tells all that repeats the table', () => {
  const { lists, predictions, options } = exampleComparison();
  const lines = protocolLines(compareSystems(lists, predictions, options));
  const text = Object.fromEntries(lines.map((line) => [line.name, line.text]));
  expect(text.data).toBe('example.jsonl');
  expect(text.test).toMatch(
    /^55 users, 200 lists, 1,[0-9]{3} shown items, [0-9]+ clicks, [0-9]+ lists without a click$/,
  );
  expect(text.intervals).toBe(
    "95 %, of users and seeds: crossed random effects, Student's t (200 resamples of the 55 test users, seed 1); docs/intervals.md",
  );
  expect(text.several).toMatch(/^the intervals of all 3 recipes .* each by itself is of 98\.33 % \(Bonferroni\)/);
  expect(text.threshold).toBe('highest F1 on validation');
  expect(text.versions).toBe('slatewise 0.1.0, node 20');
  expect(text.command).toBe('slatewise compare example.jsonl');
});
