/** What a comparison says of that which costs nothing: the order that was shown, and each item's own click rate. */
import { LOGGED_ORDER } from '../../measure/baselines.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { titleOf } from '../../measure/report-metrics.ts';
import { formatDifferenceInterval, formatMetric } from '../format-numbers.ts';
import { highest } from './recipe-sentences.ts';

const ORDERING: readonly string[] = ['rocAuc', 'ndcgAt10'];

/** Where the order that was shown is better than every model, a reader must know it, and why it may be. */
export function loggedOrderSentences({ systems }: ComparisonReport): string[] {
  const logged = systems.find(({ name, kind }) => name === LOGGED_ORDER && kind === 'reference');
  const recipes = systems.filter(({ kind }) => kind === 'recipe');
  if (logged === undefined) return [];
  const ahead = ORDERING.flatMap((id) => {
    const [own, best] = [logged.metrics[id].mean, highest(recipes, id)];
    const theirs = best?.metrics[id].mean ?? null;
    if (best === undefined || own === null || theirs === null || own <= theirs) return [];
    const against = `${formatMetric(own)} against ${formatMetric(theirs)} of ${best.name}`;
    return [`${titleOf(id)} (${against})`];
  });
  if (ahead.length === 0) return [];
  return [
    `The logged order itself is better than every model in ${ahead.join(' and ')}. Caution: clicks follow positions, ` +
      'so a log flatters the order in which it was shown; in another order the same items would have been clicked otherwise.',
  ];
}

export function itemRateSentences({ systems, itemRate }: ComparisonReport): string[] {
  const recipes = systems.filter(({ kind }) => kind === 'recipe');
  const best = highest(recipes, 'ndcgAt10');
  const difference = best?.metrics.ndcgAt10.toItemRate;
  if (best === undefined || !difference) return [];
  const { points, verdict, covers } = difference;
  const relation = points >= 0 ? 'above' : 'below';
  const chance = verdict === 'open' ? ', which may be chance' : covers === 'users' ? ' over users' : '';
  const value = formatMetric(best.metrics.ndcgAt10.mean);
  const told =
    recipes.length > 1
      ? `The highest ${titleOf('ndcgAt10')} of a recipe is ${value} (${best.name})`
      : `${titleOf('ndcgAt10')} of ${best.name} is ${value}`;
  return [
    `${told}, ${Math.abs(points).toFixed(2)} points ${relation} ` +
      `that of the ${itemRate}, each item's share of clicks so far ${formatDifferenceInterval(difference)}${chance}.`,
  ];
}
