import { nearestName } from '../../slate/nearest-name.ts';
import type { InteractionTypes } from '../folder/import-summary.ts';

/** Types that are counted each by itself. */
const MOST = 1000;

export interface TypeCounter {
  count(type: string): void;
  result(): InteractionTypes;
}

export function countTypes(): TypeCounter {
  const counts = new Map<string, number>();
  return {
    count(type) {
      const before = counts.get(type);
      if (before !== undefined || counts.size < MOST) counts.set(type, (before ?? 0) + 1);
    },
    result: () => Object.fromEntries(counts),
  };
}

/** What is wrong with label types of which the log has no interaction: nothing could be learned of them. Undefined where it has all. */
export function unseenLabels({
  labelTypes,
  interactionTypes,
}: {
  readonly labelTypes: readonly string[];
  readonly interactionTypes: InteractionTypes;
}): string | undefined {
  const unseen = labelTypes.find((type) => !Object.hasOwn(interactionTypes, type));
  if (unseen === undefined) return undefined;
  const seen = Object.entries(interactionTypes).sort(([, a], [, b]) => b - a);
  if (seen.length === 0)
    return `labelTypes: expected clicks, found no interaction; tell what users did to the lists, as in {"event":"interaction","type":${JSON.stringify(unseen)},...}`;
  const told = seen.slice(0, 10).map(([type, count]) => `${type} (${count})`);
  const near = nearestName(
    unseen,
    seen.map(([type]) => type),
  );
  return `labelTypes: expected types of the log's interactions, which are ${told.join(', ')}, found "${unseen}"; ${near === undefined ? 'name in labelTypes what counts as a click' : `did you mean "${near}"?`}`;
}
