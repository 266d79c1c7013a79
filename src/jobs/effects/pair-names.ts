import type { ClassicalFields, PairName } from '../../measure/effects-report.ts';
import { compareItems } from './classical.ts';
import type { ShownItem } from './shown-lists.ts';

interface NamedPair {
  readonly from: string;
  readonly to: string;
  readonly estimate: number;
}

/** Names pairs of items by their fields as last shown; undefined where the fields say nothing of such an effect. */
export function pairNames(
  shown: readonly (readonly ShownItem[])[],
  fields: ClassicalFields,
): (pair: NamedPair) => PairName | undefined {
  const itemOf = new Map(shown.flatMap((items) => items.map((item) => [item.id, item])));
  const compare = compareItems(fields, shown);
  return ({ from, to, estimate }) => {
    const [one, other] = [itemOf.get(from), itemOf.get(to)];
    const relation = one && other && compare(other, one);
    if (!relation) return undefined;
    if (estimate > 0) return relation.beats ? 'decoy' : undefined;
    if (relation.near) return 'double';
    return relation.isBeaten ? 'outshone' : undefined;
  };
}
