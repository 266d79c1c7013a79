import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { overfittingRows } from '../../measure/overfitting.ts';
import { headlineSentences } from './headline.ts';

const { lists, predictions, options, curves } = exampleComparison();

function compare(names: readonly string[], baseline: string): ComparisonReport {
  const chosen = predictions.filter(({ recipe }) => names.includes(recipe));
  return compareSystems(lists, chosen, { baseline, protocol: options.protocol, resamples: 200 });
}

describe('headlineSentences', () => {
  it('names the recipe with the highest area, its gain and interval, when that excludes zero', () => {
    const [first, also, rate, overfitting] = headlineSentences(
      compareSystems(lists, predictions, options),
      overfittingRows(curves),
    );
    expect(first).toMatch(
      /^attention-listnet beats attention-bce by \d\.\d\d points of ROC AUC \(95 % interval \+\d\.\d\d to \+\d\.\d\d\)\.$/,
    );
    expect(also).toMatch(/^Against attention-bce, its other differences that exclude zero: better in PR AUC \+/);
    expect(rate).toMatch(
      /^The highest NDCG@10 of a recipe is 0\.\d{4} \(attention-listnet\), \d\.\d\d points above the/,
    );
    expect(overfitting).toMatch(
      /^Overfitting: the validation log loss of attention-bce rises by 0\.0\d+ after its lowest \(epoch 4 of 10\) while/,
    );
  });

  it('claims nothing when the interval holds zero', () => {
    const [first] = headlineSentences(compare(['attention-bce', 'attention-triplet'], 'attention-bce'));
    expect(first).toMatch(
      /^No recipe beats attention-bce beyond chance: the highest, attention-triplet, lies 0\.\d\d points/,
    );
  });

  it('says so when the baseline is best', () => {
    const [first] = headlineSentences(compare(['attention-bce', 'attention-listnet'], 'attention-listnet'));
    expect(first).toMatch(/^No recipe reaches attention-listnet: the next, attention-bce, lies \d\.\d\d points/);
  });

  it('reports the values of a system that stands alone', () => {
    const sentences = headlineSentences(compare(['attention-bce'], 'attention-bce'));
    expect(sentences).toEqual([
      expect.stringMatching(/^attention-bce reaches ROC AUC 0\.\d{4} and log loss 0\.\d{4}\.$/),
    ]);
  });
});
