/** Who lifts and who eats whom: proposed by a list model on training lists, confirmed on test lists that no model saw. */
import type { ClassicalFields, EffectsReport } from '../../measure/effects-report.ts';
import { createRng } from '../../random/rng.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkPrepared, type Prepared } from '../prepare.ts';
import { checkStudied } from '../recipes/check-studied.ts';
import { finishedRuns, type RunsOptions } from '../recipes/finished-runs.ts';
import type { FinishedRun } from '../recipes/run-store.ts';
import { guessFields, numberOf } from './classical.ts';
import { classicalAnswers } from './classical-answers.ts';
import { groupedKind, ITEMS, kindOf } from './grouping.ts';
import { modelInfluences } from './model-influences.ts';
import { pairFamily } from './pair-family.ts';
import { pairNames } from './pair-names.ts';
import { readShownLists } from './shown-lists.ts';
import { testShowings } from './test-showings.ts';

/** What is asked, and how it is trained. */
export interface FindEffectsOptions extends Omit<RunsOptions, 'configs'> {
  /** A recipe whose scorer sees the list: it proposes. */
  readonly list: TrainingConfig;
  /** One that scores item by item: what is clicked without company. */
  readonly pointwise: TrainingConfig;
  /** Fields whose values are paired, beside the items; none unless told otherwise. */
  readonly by?: readonly string[];
  /** Fields of the classical effects; guessed where left out. */
  readonly classical?: { readonly [field in keyof ClassicalFields]?: string | undefined };
  /** Pairs of each sign that the model proposes, of each kind; 200 unless told otherwise. */
  readonly proposals?: number;
  /** In standard errors of the test lists: what the model holds to be less is not proposed. Half of one unless told otherwise. */
  readonly leastStrength?: number;
}

const RATE = 0.1;
/** Of logs without effects, anything is told of at most this share, all families of questions together. */
const LEVEL = 0.05;
const PERMUTATIONS = 99_999;
const RESAMPLES = 400;

/** Pairs of each sign and kind, where nothing else is asked for. */
const PROPOSALS = 200;

/**
 * Who lifts and who eats whom? Undefined when interrupted. Whether a log can tell at all, `companyInLog` and `whySilent` say before any training. Throws `InputError` for fields that the items do
 * not have, and where the one config sees no list, or the other does.
 */
export async function findEffects(prepared: Prepared, options: FindEffectsOptions): Promise<EffectsReport | undefined> {
  checkPrepared(prepared, 'findEffects');
  checkOptionsArgument(options, 'findEffects', ['list', 'pointwise', 'seeds', 'workers', 'folder', 'reporter']);
  const { list, pointwise, by = [], classical = {}, proposals = PROPOSALS, leastStrength = 0.5, ...runs } = options;
  checkStudied(prepared, { list, pointwise }, 'findEffects');
  const { dataset, encoded } = prepared;
  const { schema } = encoded.features;
  for (const name of by) groupedKind(name, schema);
  const { price, quality, within } = classical;
  for (const [option, name] of Object.entries({ price, quality }))
    if (name !== undefined && kindOf(name, schema, option) !== 'numeric')
      await refuseNoNumbers(prepared, { option, name });
  if (within !== undefined) kindOf(within, schema, 'within');
  const fields = guessFields([...schema.rankedItem, ...schema.item], classical);
  const alone = await finishedRuns(prepared, { ...runs, configs: [pointwise] });
  const influences = alone && (await modelInfluences(prepared, { ...runs, config: list, seed: options.seeds[0] }));
  if (!influences) return undefined;
  const { reporter } = options;
  reporter.note('questions to the test lists');
  const { slates, test, listB } = encoded;
  const named = [...by, ...Object.values(fields ?? {})].filter((name) => name !== undefined);
  const tested = test.map((index) => listB[index]);
  const shown = await readShownLists(dataset, {
    lists: Int32Array.from([...tested, ...influences.lists]),
    fields: [...new Set(named)],
    items: encoded.memory.items,
  });
  const part = { shown: shown.slice(0, tested.length), outcomes: slates.outcomes(test), probabilityS: meanOf(alone) };
  const showings = testShowings(part);
  // Items, each field with its pairs and its partners, and the classical effects.
  const kinds = 1 + 2 * by.length + Number(fields !== undefined);
  const confirming = {
    ...{ rate: RATE, level: LEVEL, families: kinds, permutations: PERMUTATIONS, resamples: RESAMPLES },
    rng: createRng('effects'),
  };
  const families = [ITEMS, ...by].map((name) =>
    pairFamily(name, schema, {
      ...{
        test: showings,
        influences,
        confirming,
        leastStrength,
        count: proposals,
        learned: shown.slice(tested.length),
      },
      ...(fields ? { names: pairNames(part.shown, fields) } : {}),
    }),
  );
  return {
    families,
    ...(fields ? { classical: { fields, effects: classicalAnswers(showings, { fields, confirming }) } } : {}),
    ...{ lists: test.length, users: new Set(part.outcomes.userB).size, rate: RATE },
    askedLists: influences.lists.length,
  };
}

/** Mean probability over trainings. */
function meanOf(runs: readonly FinishedRun[]): Float64Array {
  const probabilityS = new Float64Array(runs[0].testLogitS.length);
  for (const { testLogitS } of runs)
    for (let slot = 0; slot < testLogitS.length; slot++) probabilityS[slot] += sigmoid(testLogitS[slot]) / runs.length;
  return probabilityS;
}

/** Throws `InputError` for a field that is no number in any list of the test part, whatever the model reads it as. */
async function refuseNoNumbers(
  { dataset, encoded }: Prepared,
  { option, name }: { readonly option: string; readonly name: string },
): Promise<void> {
  const lists = Int32Array.from(encoded.test, (index) => encoded.listB[index]);
  const shown = await readShownLists(dataset, { lists, fields: [name], items: encoded.memory.items });
  if (shown.some((items) => items.some(({ fields }) => Number.isFinite(numberOf(fields[name]))))) return;
  throw new InputError(
    `${option} ${name}: expected a number, found none in the test lists; name another field`,
    'unknown-field',
  );
}
