import { describe, expect, it } from 'vitest';
import { exportsOf, unregistered } from '../../test/unregistered.ts';
import { createRegistry } from '../slate/registry.ts';
import { metrics } from './metrics.ts';

describe('the registry of metrics', () => {
  it('has every metric that a file of this room defines', async () => {
    const exports = await exportsOf(import.meta.dirname);
    expect(unregistered(exports, 'metric', metrics)).toEqual([]);
  });

  it('is found to lack a metric whose line was forgotten', async () => {
    const exports = await exportsOf(import.meta.dirname);
    const forgotten = createRegistry(
      'metric',
      metrics.all.filter(({ name }) => name !== 'mrr'),
    );
    expect(unregistered(exports, 'metric', forgotten)).toEqual([
      'mrr.ts: mrrMetric has no line in the registry of its room',
    ]);
    const added = { ...exports, 'a-new-one.ts': { newMetric: { ...metrics.named('mrr'), name: 'newOne' } } };
    expect(unregistered(added, 'metric', metrics)).toEqual([
      'a-new-one.ts: newMetric has no line in the registry of its room',
    ]);
  });

  it('keeps the order of the columns', () => {
    expect(metrics.names.join(' ')).toBe(
      'rocAuc prAuc f1 precision recall logLoss brierScore calibrationError perUserAuc ndcgAt5 ndcgAt10 mrr hitRateAt1 hitRateAt5 recallAt5 listLogLoss listCalibrationError clickCountError meanClicksError',
    );
  });
});
