import { isOtherSpelling, nearestName } from '../../slate/nearest-name.ts';
import type { InteractionTypes } from '../folder/import-summary.ts';

/** Types that are counted each by itself. */
const MOST = 1000;

export interface TypeCounter {
  count(type: string, times?: number): void;
  result(): InteractionTypes;
}

/** Goes on from what was counted before. */
export function countTypes(before: InteractionTypes = {}): TypeCounter {
  const counts = new Map<string, number>(Object.entries(before));
  return {
    count(type, times = 1) {
      const before = counts.get(type);
      if (before !== undefined || counts.size < MOST) counts.set(type, (before ?? 0) + times);
    },
    result: () => Object.fromEntries(counts),
  };
}

/** One sentence for each type of the log that does not count as a click, and is spelt almost as one that does: its interactions would be left out unseen. */
export function otherSpellings({ labelTypes, interactionTypes }: SeenTypes): readonly string[] {
  return Object.entries(interactionTypes).flatMap(([type, count]) => {
    const meant = labelTypes.includes(type) ? undefined : labelTypes.find((label) => isOtherSpelling(type, label));
    if (meant === undefined) return [];
    return [
      `labelTypes: ${count} ${count === 1 ? 'interaction' : 'interactions'} of type ${JSON.stringify(type)} beside "${meant}" ${count === 1 ? 'is' : 'are'} left out; write them alike in the log, or set labelTypes to ${JSON.stringify([...labelTypes, type])}`,
    ];
  });
}

interface SeenTypes {
  readonly labelTypes: readonly string[];
  readonly interactionTypes: InteractionTypes;
}

/** What is wrong with label types of which the log has no interaction: nothing could be learned of them. Undefined where it has all. */
export function unseenLabels({ labelTypes, interactionTypes }: SeenTypes): string | undefined {
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
