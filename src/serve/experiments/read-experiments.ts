/** Experiments as a file has them. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { generatorNames } from '../../generate/generators.ts';
import { readExplore } from '../../generate/policies/policies.ts';
import { parseRules } from '../../generate/rules/rules.ts';
import type { Experiment } from '../../slate/experiment.ts';
import { InputError } from '../../slate/input-error.ts';
import { issueOf, issuePlace, oneOf, strictKeys } from '../../slate/strict-schema.ts';

const name = z.string().regex(/^[\w.-]{1,64}$/, { error: 'expected 1 to 64 letters, digits and ._-' });
const share = z.number().min(0).max(1);
const json = z.record(z.string(), z.unknown());

const variantSchema = strictKeys({
  ...{ name, share, model: z.string().min(1).optional() },
  generator: oneOf(generatorNames.filter((each) => each !== 'pointer')).optional(),
  ...{ rules: json.optional(), explore: json.optional() },
});

const fileSchema = strictKeys({
  experiments: z.array(
    strictKeys({
      name,
      group: strictKeys({ name, from: share, to: share }).optional(),
      coverage: share.default(1),
      variants: z.array(variantSchema).min(2).max(20),
      shadows: z.array(z.string().min(1)).max(3).optional(),
    }),
  ),
});

/** Throws `InputError` with one sentence where a file is not there, or holds anything else. */
export async function readExperiments(path: string): Promise<readonly Experiment[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new InputError(
      `${path}: expected a file of experiments, found none that can be read; check the path`,
      'file-not-found',
      { cause: error },
    );
  }
  return parseExperiments(text, path);
}

export function parseExperiments(text: string, where: string): readonly Experiment[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    refuse(`${where}: expected JSON, found something else (${(error as Error).message}); mend it there`);
  }
  const parsed = fileSchema.safeParse(given);
  if (!parsed.success) {
    const sentence = issueOf(parsed.error, given);
    const remedy = /[?;]/.test(sentence) ? '' : '; docs/experiments.md describes the file';
    refuse(`${issuePlace(parsed.error, where)}: ${sentence}${remedy}`);
  }
  const experiments = parsed.data.experiments as unknown as readonly Experiment[];
  refuseDouble(
    experiments.map((experiment) => experiment.name),
    where,
  );
  for (const experiment of experiments) checkExperiment(experiment, where);
  for (const [at, one] of experiments.entries())
    for (const other of experiments.slice(at + 1)) refuseClash(one, other, where);
  return experiments;
}

function checkExperiment({ name: experiment, group, variants }: Experiment, where: string): void {
  const place = `${where}: ${experiment}`;
  refuseDouble(
    variants.map((variant) => variant.name),
    place,
  );
  const total = variants.reduce((sum, variant) => sum + variant.share, 0);
  if (Math.abs(total - 1) > 1e-9)
    refuse(`${place}: expected shares that add up to 1, found ${total}; set coverage for a part of the users`);
  if (group && group.from >= group.to)
    refuse(`${place}: group: expected from below to, found ${group.from} and ${group.to}; swap them`);
  for (const { name: variant, rules, explore } of variants) {
    if (rules) parseRules(rules, `${place}: ${variant}: rules`);
    if (explore) readExplore(explore, `${place}: ${variant}: explore`);
  }
}

/** Two experiments that may have the same user must not want different things of the same answer. */
function refuseClash(one: Experiment, other: Experiment, where: string): void {
  if (one.group && one.group.name === other.group?.name) {
    if (one.group.from < other.group.to && other.group.from < one.group.to)
      refuse(
        `${where}: ${one.name} and ${other.name}: expected parts of the group ${one.group.name} that do not overlap, found that they do; change from and to`,
      );
    return;
  }
  const keysOf = ({ variants }: Experiment): readonly string[] =>
    (['model', 'generator', 'rules', 'explore'] as const).filter((key) =>
      variants.some((each) => each[key] !== undefined),
    );
  const both = keysOf(one).find((key) => keysOf(other).includes(key));
  if (both !== undefined)
    refuse(
      `${where}: ${one.name} and ${other.name}: expected one experiment at most that sets ${both} for a user, found two; give them parts of one group`,
    );
}

function refuseDouble(names: readonly string[], where: string): void {
  const double = names.find((each, at) => names.indexOf(each) !== at);
  if (double !== undefined)
    refuse(`${where}: expected every name once, found ${JSON.stringify(double)} again; rename one`);
}

function refuse(sentence: string): never {
  throw new InputError(sentence, 'invalid-config');
}
