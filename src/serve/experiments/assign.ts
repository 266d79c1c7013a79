/** Which variants a user is in: the same at every server and after every start, from a hash of the user. */
import { createHash } from 'node:crypto';
import type { Experiment, ExperimentVariant, VariantNames } from '../../slate/experiment.ts';

/** How the variants of a user change an answer. */
export interface Assigned extends Omit<ExperimentVariant, 'name' | 'share'> {
  /** The variant of each experiment that the user takes part in. */
  readonly experiments: VariantNames;
  readonly shadows: readonly string[];
}

const BITS = 48;

/** In [0, 1): even over users, and that of one salt tells nothing of that of another. */
export function shareOf(salt: string, unit: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([salt, unit]))
    .digest();
  return hash.readUIntBE(0, BITS / 8) / 2 ** BITS;
}

/** The variant of one experiment; undefined for who takes no part. A larger coverage moves nobody from one variant to another; other shares do. */
export function variantOf(experiment: Experiment, unit: string): ExperimentVariant | undefined {
  const { name, group, coverage, variants } = experiment;
  if (group) {
    const place = shareOf(`group ${group.name}`, unit);
    if (place < group.from || place >= group.to) return undefined;
  }
  if (shareOf(`coverage ${name}`, unit) >= coverage) return undefined;
  const place = shareOf(`variant ${name}`, unit);
  let end = 0;
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  for (const variant of variants) {
    end += variant.share / total;
    if (place < end) return variant;
  }
  // The shares may add up to a hair less than 1.
  return variants.findLast(({ share }) => share > 0);
}

/** All variants of a user together; undefined for who takes part in nothing. */
export function assignedTo(experiments: readonly Experiment[], unit: string): Assigned | undefined {
  const named: Record<string, string> = {};
  const shadows = new Set<string>();
  let changes: Omit<ExperimentVariant, 'name' | 'share'> = {};
  for (const experiment of experiments) {
    const variant = variantOf(experiment, unit);
    if (!variant) continue;
    const { name, share: _, ...own } = variant;
    named[experiment.name] = name;
    changes = { ...changes, ...own };
    for (const model of experiment.shadows ?? []) shadows.add(model);
  }
  return Object.keys(named).length === 0
    ? undefined
    : { ...changes, experiments: named, shadows: [...shadows].filter((model) => model !== changes.model) };
}

/** Models that experiments need loaded. */
export const modelsOf = (experiments: readonly Experiment[]): readonly string[] => [
  ...new Set(
    experiments.flatMap(({ variants, shadows = [] }) => [
      ...variants.flatMap(({ model }) => (model === undefined ? [] : [model])),
      ...shadows,
    ]),
  ),
];
