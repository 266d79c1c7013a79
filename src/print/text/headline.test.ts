import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { overfittingRows } from '../../measure/overfitting.ts';
import { headlineSentences } from './headline.ts';

const { lists, predictions, options, curves } = exampleComparison();

interface Chosen {
  readonly recipes: readonly string[];
  readonly baseline: string;
  readonly pointwise?: string;
  readonly seeds?: number;
}

function compare({ recipes, baseline, pointwise, seeds = 6 }: Chosen): ComparisonReport {
  const chosen = predictions.filter(
    ({ recipe, seed }) => (recipes.includes(recipe) && seed <= seeds) || options.references?.includes(recipe),
  );
  return compareSystems(lists, chosen, { ...options, baseline, ...(pointwise ? { pointwise } : {}) });
}

describe('headlineSentences', () => {
  const all = compareSystems(lists, predictions, { ...options, pointwise: 'pointwise-bce' });

  it('begins with whether the list model beats the one that scores item by item', () => {
    const [first, best, also, rate, overfitting] = headlineSentences(all, overfittingRows(curves));
    expect(first).toMatch(
      /^Seeing the whole list (helps: attention-bce beats|is not shown to help: attention-bce lies .* above) pointwise-bce, which scores item by item/,
    );
    expect(best).toMatch(
      /^attention-listnet beats attention-bce by \d\.\d\d points of ROC AUC \(95 % interval \+\d\.\d\d to \+\d\.\d\d\)\.$/,
    );
    expect(also).toMatch(
      /^attention-listnet also differs from attention-bce by more than chance, in points: better in PR AUC \+/,
    );
    expect(rate).toMatch(
      /^The highest NDCG@10 of a recipe is 0\.\d{4} \(attention-listnet\), \d\.\d\d points above that of the smoothed item rate, each item's share of clicks so far \[/,
    );
    expect(overfitting).toMatch(
      /^Overfitting: the validation log loss of attention-bce rises by 0\.0\d+ from its lowest \(epoch 4\) to its last epoch \(10\) while/,
    );
  });

  it('does not tell others to rise by nothing', () => {
    const rows = overfittingRows(curves).map((row) => ({ ...row, rise: 0 }));
    expect(headlineSentences(all, rows).at(-1)).toMatch(
      /^Overfitting: the validation log loss of attention-bce is lowest at its last epoch \(10\); that of no other rises\.$/,
    );
  });

  it.each([
    [
      'helps',
      'attention-listnet',
      'pointwise-bce',
      /^Seeing the whole list helps: attention-listnet beats pointwise-bce/,
    ],
    [
      'does not',
      'pointwise-bce',
      'attention-listnet',
      /^Scoring item by item does better here: attention-listnet beats pointwise-bce, which sees/,
    ],
    [
      'is open',
      'attention-bce',
      'attention-triplet',
      /^Seeing the whole list is not shown to help: attention-bce lies .* below attention-triplet, .*; that may be chance/,
    ],
  ])('the list %s, of the same pair from either side', (_, list, pointwise, told) => {
    const recipes = [list, pointwise];
    expect(headlineSentences(compare({ recipes, baseline: list, pointwise }))[0]).toMatch(told);
    expect(headlineSentences(compare({ recipes, baseline: pointwise, pointwise }))[0]).toMatch(told);
  });

  it('claims nothing when the interval holds zero', () => {
    const recipes = ['attention-bce', 'attention-triplet'];
    const [first] = headlineSentences(compare({ recipes, baseline: 'attention-bce' }));
    expect(first).toMatch(
      /^No other recipe beats attention-bce beyond chance: the highest, attention-triplet, lies 0\.\d\d points/,
    );
  });

  it('says so when the baseline is best', () => {
    const recipes = ['attention-bce', 'attention-listnet'];
    const [first] = headlineSentences(compare({ recipes, baseline: 'attention-listnet' }));
    expect(first).toMatch(/^No other recipe reaches attention-listnet: the next, attention-bce, lies \d\.\d\d points/);
  });

  it('calls no recipe better of one seed', () => {
    const recipes = ['pointwise-bce', 'attention-bce', 'attention-listnet'];
    const text = headlineSentences(
      compare({ recipes, baseline: 'attention-bce', pointwise: 'pointwise-bce', seeds: 1 }),
    ).join('\n');
    expect(text).toMatch(/^attention-bce, which sees the whole list, lies \d\.\d\d points .* pointwise-bce/);
    expect(text).toContain('(95 % interval over users ');
    expect(text.match(/One seed a recipe/g)).toHaveLength(1);
    expect(text).not.toMatch(/beats|helps|better in|worse in|reaches/);
  });

  it('says where the logged order is better than every model, and why it may be', () => {
    const flattered = predictions.map((one) =>
      one.recipe === 'logged order'
        ? { ...one, orderS: Float64Array.from(lists.labelS), valueS: Float64Array.from(lists.labelS) }
        : one,
    );
    const sentences = headlineSentences(compareSystems(lists, flattered, options));
    const told = sentences.find((sentence) => sentence.startsWith('The logged order'));
    expect(told).toMatch(
      /^The logged order itself is better than every model in ROC AUC \(1\.0000 against 0\.\d{4} of attention-listnet\) and NDCG@10 \(1\.0000 .*Caution: clicks follow positions/,
    );
    expect(headlineSentences(all).join()).not.toContain('logged order');
  });

  it('speaks of one model where there is one', () => {
    const recipes = ['attention-listnet'];
    const sentences = headlineSentences(compare({ recipes, baseline: 'attention-listnet', seeds: 1 }));
    expect(sentences.at(-1)).toMatch(
      /^NDCG@10 of attention-listnet is 0\.\d{4}, \d+\.\d\d points above .* over users\.$/,
    );
  });

  it('reports the values of a system that stands alone, and what one training cannot say', () => {
    const alone = (seeds: number): readonly string[] => {
      const chosen = predictions.filter(({ recipe, seed }) => recipe === 'attention-bce' && seed <= seeds);
      const { protocol } = options;
      return headlineSentences(compareSystems(lists, chosen, { baseline: 'attention-bce', protocol, resamples: 50 }));
    };
    const reaches = expect.stringMatching(/^attention-bce reaches ROC AUC 0\.\d{4} and log loss 0\.\d{4}\.$/);
    expect(alone(2)).toEqual([reaches]);
    expect(alone(1)).toEqual([reaches, expect.stringMatching(/^This is one training/)]);
  });

  it('says first of a log without clicks that it cannot tell which model is better', () => {
    const labelS = new Uint8Array(lists.labelS.length);
    const none = { ...options.protocol.parts.test, clicks: 0, listsWithoutClick: 200 };
    const protocol = { ...options.protocol, parts: { ...options.protocol.parts, test: none } };
    const report = compareSystems({ ...lists, labelS }, predictions, {
      ...options,
      protocol,
      pointwise: 'pointwise-bce',
    });
    const sentences = headlineSentences(report);
    expect(sentences).toEqual([
      'No item was clicked in the 200 lists of the test part, so it cannot tell which model orders better; take a log with clicked and other items.',
      expect.stringMatching(
        /^Without a value: ROC AUC, PR AUC, recall, AUC per user, .* and recall@5\. Of attention-bce: F1 0\.0000, precision 0\.0000, log loss 0\.\d{4}, /,
      ),
    ]);
    const all = { ...none, clicks: none.items, listsWithoutClick: 0 };
    const full = { ...protocol, parts: { ...protocol.parts, test: all } };
    const [first] = headlineSentences(
      compareSystems({ ...lists, labelS: labelS.fill(1) }, predictions, { ...options, protocol: full }),
    );
    expect(first).toMatch(/^Every item was clicked in the 200 lists/);
  });
});
