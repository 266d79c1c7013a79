/** Whether a log contradicts what an off-policy estimate assumes. */
import type { Interval } from './bootstrap.ts';
import type { OffPolicyName } from './off-policy.ts';
import type { OffPolicyResamples } from './off-policy-resamples.ts';

/** Estimates that assume that what stands below an item, or anywhere else, does not matter to it; each beside the one of its kind that assumes nothing of the sort. */
const ASSUMING: readonly (readonly [assuming: OffPolicyName, free: OffPolicyName])[] = [
  ['IIPS', 'SIPS'],
  ['RIPS', 'SIPS'],
  ['SNIIPS', 'SNSIPS'],
  ['SNRIPS', 'SNSIPS'],
  ['CDR', 'DR'],
];

/**
 * Where the assumption holds, both estimate the same: a difference that the interval of the paired resamples keeps away from 0 says that it does not (as the test of Hausman 1978). A small log
 * contradicts nothing: that is no proof. The risk of a false word is shared by all pairs.
 */
export function contradicted({
  estimates,
  interval,
}: OffPolicyResamples): Readonly<Partial<Record<OffPolicyName, string>>> {
  const found = ASSUMING.flatMap(([id, free]) => {
    const apart = interval(free, (told) => told[id] - told[free], ASSUMING.length);
    if (!apart || !isAwayFrom0(apart)) return [];
    const by = `${signed(estimates[id] - estimates[free])} (${signed(apart.low)} to ${signed(apart.high)})`;
    return [
      [
        id,
        `differs from ${free} by ${by}, which is no chance: items change the clicks on others here, and it assumes that they do not; read SIPS, SNSIPS and DR`,
      ],
    ];
  });
  return Object.fromEntries(found);
}

const isAwayFrom0 = ({ low, high }: Interval): boolean => low > 0 || high < 0;

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
