/** A new model, with its seeds, against the one that answers, on lists that the new one did not learn from. */
import { compareSystems } from '../../measure/compare-systems.ts';
import type { Predictions, ShownLists } from '../../measure/predictions.ts';
import { countPart } from '../../measure/protocol.ts';
import { logLossMetric } from '../../metrics/log-loss.ts';
import { rocAucMetric } from '../../metrics/roc-auc.ts';
import { createRegistry } from '../../slate/registry.ts';

/** Log loss of both models on the same lists. Differences are the new one's minus the old one's: below 0 the new one is better. */
export interface Judgement {
  readonly isNotWorse: boolean;
  readonly text: string;
  readonly lists: number;
  readonly users: number;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of what the interval holds the chance. */
  readonly covers: 'users' | 'users and seeds' | null;
  /** What the upper end of the interval has to be below. */
  readonly margin: number;
  readonly rocAuc: { readonly before: number | null; readonly after: number | null };
}

/** The names that the predictions have. */
export const BEFORE = 'before';
export const AFTER = 'after';

const judged = createRegistry('metric', [logLossMetric, rocAucMetric]);

export interface JudgeModelsOptions {
  /** Share of the old model's log loss that the new one may be worse by, at most. */
  readonly margin: number;
  readonly level?: number;
}

/**
 * Not worse: the upper end of the interval of the paired difference, over users and seeds, is below the margin. The model that answers is one model, whatever luck made it: nothing of
 * it is drawn. Where fewer than two users were shown anything there is no interval, and the new model is not let in.
 */
export function judgeModels(
  lists: ShownLists,
  { before, after }: { readonly before: Predictions; readonly after: readonly Predictions[] },
  { margin, level = 0.95 }: JudgeModelsOptions,
): Judgement {
  const counts = countPart(lists);
  const report = compareSystems(lists, [...after, before], {
    baseline: BEFORE,
    references: [BEFORE],
    metrics: judged,
    level,
    protocol: {
      ...{ data: 'the journal', split: 'the latest days', command: 'retrain', versions: {} },
      ...{ parts: { train: counts, validation: counts, test: counts } },
      ...{ seeds: after.map(({ seed }) => seed), epochSource: 'validation', thresholdSource: 'validation' },
    },
  });
  const [ours, theirs] = [AFTER, BEFORE].map((name) => report.systems.find((row) => row.name === name)?.metrics);
  const difference = ours?.logLoss.toBaseline ?? null;
  const theirLoss = theirs?.logLoss.mean ?? null;
  // Differences are told in hundredths.
  const high = difference && difference.high / 100;
  const allowed = margin * (theirLoss ?? 0);
  const figures = {
    ...{ lists: counts.lists, users: counts.users, before: theirLoss, after: ours?.logLoss.mean ?? null },
    ...{ change: difference && difference.points / 100, low: difference && difference.low / 100, high },
    ...{ covers: difference?.covers ?? null, margin: allowed },
    rocAuc: { before: theirs?.rocAuc.mean ?? null, after: ours?.rocAuc.mean ?? null },
  };
  const isNotWorse = high !== null && theirLoss !== null && high < allowed;
  return { isNotWorse, text: textOf(figures), ...figures };
}

function textOf(figures: Omit<Judgement, 'isNotWorse' | 'text'>): string {
  const { lists, users, before, after, change, low, high, covers, margin } = figures;
  const on = `On ${lists} lists of ${users} users that the new model did not learn from`;
  if (before === null || after === null || change === null || low === null || high === null)
    return `${on} there are too few users or clicks to tell one from the other.`;
  const interval = `${signed(change)} (${signed(low)} to ${signed(high)} over ${covers})`;
  return `${on} the log loss went from ${before.toFixed(4)} to ${after.toFixed(4)}, ${interval}; at most ${signed(margin)} is allowed.`;
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
