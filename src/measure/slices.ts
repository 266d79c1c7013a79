/** How well systems do on parts of the test lists: by place on the page, length of the list, and so on. Legend: S slots, B lists. */
import { logLossMetric } from '../metrics/log-loss.ts';
import { rocAucMetric } from '../metrics/roc-auc.ts';
import { createRegistry } from '../slate/registry.ts';
import { type ComparisonOptions, compareSystems } from './compare-systems.ts';
import type { MetricCell } from './comparison-report.ts';
import type { Predictions, ShownLists } from './predictions.ts';

/** One way to cut the test lists; a slot may be in several parts, as a film of two genres is. */
export interface SliceColumn {
  /** Such as `place on the page`. */
  readonly by: string;
  readonly parts: readonly { readonly value: string; readonly slotS: Int32Array }[];
}

/** Figures of one part. Plain JSON. */
export interface SlicePart {
  readonly value: string;
  readonly lists: number;
  readonly items: number;
  readonly clicks: number;
  /** By system, then `rocAuc` and `logLoss`. */
  readonly systems: Readonly<Record<string, Readonly<Record<'rocAuc' | 'logLoss', MetricCell>>>>;
}

export interface Slice {
  readonly by: string;
  readonly parts: readonly SlicePart[];
}

/** Parts are many and small: so many resamples show as much as can be read off a picture. */
const RESAMPLES = 200;

const sliceMetrics = createRegistry('metric', [rocAucMetric, logLossMetric]);

/** Every part measured like the whole, with intervals over users and seeds of that part. Parts of fewer than two users, or without a click, are left out. */
export function measureSlices(
  lists: ShownLists,
  columns: readonly SliceColumn[],
  { predictions, ...options }: ComparisonOptions & { readonly predictions: readonly Predictions[] },
): readonly Slice[] {
  return columns.map(({ by, parts }) => ({
    by,
    parts: parts.flatMap(({ value, slotS }) => {
      const part = partOf(lists, slotS);
      const clicks = part.labelS.reduce((sum, label) => sum + label, 0);
      if (clicks === 0 || clicks === slotS.length || new Set(part.userB).size < 2) return [];
      const cut = predictions.map(({ recipe, seed, scale, threshold, valueS }) => ({
        ...{ recipe, seed, scale, threshold },
        valueS: Float64Array.from(slotS, (slot) => valueS[slot]),
      }));
      const { systems } = compareSystems(part, cut, { ...options, metrics: sliceMetrics, resamples: RESAMPLES });
      return [
        {
          value,
          lists: part.userB.length,
          items: slotS.length,
          clicks,
          systems: Object.fromEntries(
            systems.map(({ name, metrics: { rocAuc, logLoss } }) => [name, { rocAuc, logLoss }]),
          ),
        },
      ];
    }),
  }));
}

/** These slots, in rising order, of the lists that have any. */
function partOf({ offsets, labelS, userB }: ShownLists, slotS: Int32Array): ShownLists {
  const ends: number[] = [0];
  const users: number[] = [];
  let [list, counted] = [0, -1];
  for (const [at, slot] of slotS.entries()) {
    while (offsets[list + 1] <= slot) list++;
    if (list !== counted) {
      if (counted >= 0) ends.push(at);
      users.push(userB[list]);
      counted = list;
    }
  }
  ends.push(slotS.length);
  return {
    offsets: Int32Array.from(ends),
    labelS: Uint8Array.from(slotS, (slot) => labelS[slot]),
    userB: Int32Array.from(users),
  };
}
