import { expect, it } from 'vitest';
import { type RunRow, runsText } from './runs-text.ts';

const run: RunRow = {
  ...{ folder: 'runs/a', recipe: 'prm', seed: 1, data: 'data/a', state: 'interrupted' },
  ...{ started: '2026-11-01T10:00:00.000Z', seconds: 5, epochs: 3, keptEpoch: 2, metrics: {} },
};

it('says which epoch is kept, and where none has ended', () => {
  expect(runsText([run])).toContain('2 of 3');
  const text = runsText([{ ...run, epochs: 0, keptEpoch: 0 }]);
  expect(text).toContain('none yet');
  expect(text).not.toContain('0 of 0');
});
