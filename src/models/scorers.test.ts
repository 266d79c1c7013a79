import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportsOf, unregistered } from '../../test/unregistered.ts';
import { attentionScorer } from './scorers/attention-scorer.ts';
import { scorers } from './scorers.ts';

const folder = join(import.meta.dirname, 'scorers');

it('the registry has every scorer of this room', async () => {
  expect(unregistered(await exportsOf(folder), 'scorer', scorers)).toEqual([]);
});

it('the registry misses one whose line is forgotten', async () => {
  const forgotten = { 'deep-scorer.ts': { deepScorer: { ...attentionScorer, name: 'deep' } } };
  expect(unregistered({ ...(await exportsOf(folder)), ...forgotten }, 'scorer', scorers)).toEqual([
    'deep-scorer.ts: deepScorer has no line in the registry of its room',
  ]);
});
