/** What an off-policy estimate assumes of the people who click, beside what the log tells. */
import type { OffPolicyName } from './off-policy.ts';

/** `cascade`: a click depends on nothing below its item. `independent`: nor on anything above, but on the item and its place alone. */
export const assumptionNames = ['cascade', 'independent'] as const;
export type Assumption = (typeof assumptionNames)[number];

/** The others assume nothing of the kind. */
const ASSUMED: Readonly<Partial<Record<OffPolicyName, Assumption>>> = {
  ...{ IIPS: 'independent', SNIIPS: 'independent' },
  ...{ RIPS: 'cascade', SNRIPS: 'cascade', CDR: 'cascade' },
};

const MEANING: Readonly<Record<Assumption, string>> = {
  cascade: 'that a click depends on nothing below its item',
  independent: 'that a click depends on its item and place alone',
};

/**
 * Why an estimate has no interval: nobody has stated what it assumes. Undefined where somebody has, or where it assumes nothing. Where clicks depend on the item and its place
 * alone, they depend on nothing below either.
 */
export function unstatedAssumption(id: OffPolicyName, stated: Assumption | undefined): string | undefined {
  const needed = ASSUMED[id];
  if (needed === undefined || needed === stated || stated === 'independent') return undefined;
  return `assumes ${MEANING[needed]}: no interval is told, as it would seldom hold the truth where that is wrong; where you know it to be right, state it (on the command line --assume ${needed})`;
}
