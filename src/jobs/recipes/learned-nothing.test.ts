import { expect, it } from 'vitest';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import type { EncodedSlates } from '../../encoding/columns/encoded-slates.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import { attentionBce, attentionChoice } from '../../train/recipes/attention.ts';
import { learnedNothing } from './learned-nothing.ts';

/** Four lists of ten items, two or three of them clicked. */
const labelS = Uint8Array.from({ length: 40 }, (_, slot) => (slot % 10 < 2 + (slot % 20 < 10 ? 0 : 1) ? 1 : 0));
const parts = {
  slates: createInMemorySlates({
    offsets: Int32Array.of(0, 10, 20, 30, 40),
    labelS,
    positionS: new Int32Array(40),
    itemRateS: new Float32Array(40),
    slotDenseSF: new Float32Array(0),
    contextDenseBF: new Float32Array(0),
    userB: new Int32Array(4),
  } as unknown as EncodedSlates),
  train: Int32Array.of(0, 1),
  validation: Int32Array.of(2, 3),
};
const recordOf = (logLoss: number, rocAuc: number): EpochRecord =>
  ({ epoch: 1, metrics: { logLoss, rocAuc, ndcgAt10: 0.5 } }) as unknown as EpochRecord;

/** Six clicks of 22 with the two that keep the rate from 0 and 1, and as many on validation. */
const constant = -((6 / 22) * Math.log(6 / 22) + (16 / 22) * Math.log(16 / 22));

it('a recipe of probabilities has learned nothing that is no better than one probability for all', () => {
  const config = attentionBce.config();
  expect(learnedNothing(parts, { config, record: recordOf(constant - 1e-6, 0.3) })).toBeUndefined();
  for (const logLoss of [constant, constant + 1, Number.NaN])
    expect(learnedNothing(parts, { config, record: recordOf(logLoss, 0.9) })).toContain(
      `attention-bce has learned nothing: expected on validation a log loss below ${constant.toFixed(4)}, that of one probability for all, found ${logLoss.toFixed(4)};`,
    );
});

it('any other has learned nothing that orders no better than chance', () => {
  const config = attentionChoice.config();
  expect(learnedNothing(parts, { config, record: recordOf(9, 0.51) })).toBeUndefined();
  for (const rocAuc of [0.5, 0.2, Number.NaN])
    expect(learnedNothing(parts, { config, record: recordOf(0, rocAuc) })).toContain('a ROC AUC above 0.5, found');
});
