import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { fitKnots } from '../../encoding/encoders/knots.ts';
import type { NumberKnots } from '../../models/shared/scorer-config.ts';

/** Lists that knots are fitted on, at most: evenly spaced ones, so that the cost does not grow with the log. */
const MOST_LISTS = 2000;

/** Where the curves of a model may bend: quantiles of these lists' numbers, an item's counted once. */
export function numberKnots(
  slates: SlateSource,
  lists: Int32Array,
  { spec, pieces }: { readonly spec: InputSpec; readonly pieces: number },
): NumberKnots {
  const taken = Math.min(lists.length, MOST_LISTS);
  const spaced = Int32Array.from({ length: taken }, (_, at) => lists[Math.floor((at * lists.length) / taken)]);
  const { B, U, maskBK, itemDenseUF, slotDenseBKF, contextDenseBF } = slates.batch(spaced);
  const knotsOf = (values: Float32Array, columns: number, rows: readonly number[]): NumberKnots['slot'] =>
    fitKnots(values, { columns, rows, pieces });
  return {
    item: knotsOf(itemDenseUF, spec.itemDense.length, upTo(U)),
    slot: knotsOf(
      slotDenseBKF,
      spec.slotDense.length,
      [...maskBK.keys()].filter((at) => maskBK[at] === 1),
    ),
    context: knotsOf(contextDenseBF, spec.contextDense.length, upTo(B)),
  };
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
