import { z } from 'zod';
import { input } from '../graph/leaves.ts';
import { checkDefinition, type DefinitionForm, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { unlike } from '../slate/nearest-name.ts';
import { type Answer, guarded, type OwnFunction } from '../slate/own-function.ts';
import { isSchema, readBy } from '../slate/own-schema.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { show } from '../slate/rejected-event.ts';
import { issueOf, issuePlace } from '../slate/strict-schema.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { checkCounts, type ListCounts } from './counts.ts';
import type { Loss } from './loss.ts';
import type { LossInputs } from './slate-loss.ts';

/** A loss of one's own: its formula, and its options as Zod schemas with their defaults. */
export interface OwnLoss<Name extends string, Schema extends z.ZodRawShape> {
  readonly name: Name;
  readonly schema?: Schema;
  readonly defaults?: z.output<z.ZodObject<Schema>>;
  readonly calibrates?: 'clicks' | 'choice';
  readonly readsTwoLogits?: boolean;
  /** How much of a list the mean is over: `perItem`, `perList`, `perClickedList`, `perMixedList`, `perPair`, or a function of one's own. */
  counts(list: ListCounts, options: z.output<z.ZodObject<Schema>>): number;
  /** The formula: a scalar, the mean over what is counted. */
  build(inputs: LossInputs, options: z.output<z.ZodObject<Schema>>): Tensor;
}

const keys: KeysOf<OwnLoss<string, z.ZodRawShape>> = {
  name: true,
  schema: true,
  defaults: true,
  calibrates: true,
  readsTwoLogits: true,
  counts: true,
  build: true,
};
/** What is asked of a definition, and of what is made of one. */
export const lossForm: DefinitionForm = {
  call: 'defineLoss',
  word: 'loss',
  keys,
  finished: ['longestList', 'readsUser'],
  functions: {
    build: 'a function from tensors to a scalar',
    counts: 'a function from a list to what the mean counts of it, such as perItem or perClickedList',
  },
  optional: ['longestList'],
  booleans: ['readsTwoLogits', 'readsUser'],
};
const meanings = ['clicks', 'choice'];

/**
 * A loss for recipes to name, brought by `kinds` of the settings; `lossConformance` of `slatewise/testing` checks it. Throws `InputError` for a name that cannot be one, for
 * a key that nothing reads, for defaults that its schemas do not take, and for a formula that is no scalar or whose shapes do not fit.
 */
export function defineLoss<const Name extends string, Schema extends z.ZodRawShape = Record<never, never>>(
  own: OwnLoss<Name, Schema>,
): Loss<Name, z.output<z.ZodObject<Schema>>> {
  checkDefinition(own, lossForm);
  const { name } = own;
  const part = (part: string): OwnFunction => ({ word: 'loss', name, part });
  const wrong = (what: string): InputError => new InputError(`loss "${name}": ${what}`, 'invalid-definition');
  if (own.calibrates !== undefined && !meanings.includes(own.calibrates))
    throw wrong(`calibrates: ${unlike(own.calibrates, meanings, 'leave it out where scores only order')}`);
  const { schema = {} as Schema, defaults = {} } = own;
  checkSchemas(schema, wrong);
  if (!isPlainRecord(defaults))
    throw wrong(`defaults: expected an object such as { gamma: 2 }, found ${show(defaults)}; give one`);
  const { error, data } = readBy(z.strictObject(schema), defaults, () => part('schema'));
  if (error) throw wrong(`${issuePlace(error, 'defaults')}: ${issueOf(error, defaults)}`);
  const loss: Loss<Name, z.output<z.ZodObject<Schema>>> = {
    ...own,
    kind: 'loss',
    schema: schema as unknown as Loss<Name, z.output<z.ZodObject<Schema>>>['schema'],
    defaults: data as z.output<z.ZodObject<Schema>>,
    counts: guarded(own.counts, { ...part('counts'), ...A_COUNT }),
    build: guarded(own.build, { ...part('build'), ...A_TENSOR }),
    ...longestListOf(own, part('longestList')),
  };
  const { shape, type } = loss.build(lossInputs(WIDTH), loss.defaults);
  if (shape.length > 0 || type !== 'float32')
    throw wrong(
      `expected a scalar of float32, found ${type} of shape ${formatShape(shape)}; take its mean, as with meanWhere`,
    );
  checkCounts(loss, loss.defaults);
  return loss;
}

const A_COUNT: Answer = {
  expected: 'a finite number, 0 or more',
  fits: (count) => Number.isFinite(count) && (count as number) >= 0,
};
const A_TENSOR: Answer = {
  expected: 'a scalar of float32, such as a mean by meanWhere',
  fits: (tensor) => Array.isArray((tensor as Partial<Tensor> | null | undefined)?.shape),
};

/** A copy of a built-in loss may have it. */
function longestListOf(own: object, part: OwnFunction): Pick<Loss, 'longestList'> {
  const { longestList } = own as Pick<Loss, 'longestList'>;
  const fits = (most: unknown): boolean => typeof most === 'number' && most > 0;
  return longestList ? { longestList: guarded(longestList, { ...part, expected: 'a number above 0', fits }) } : {};
}

function checkSchemas(schema: unknown, wrong: (what: string) => InputError): void {
  if (!isPlainRecord(schema))
    throw wrong(
      `schema: expected an object of Zod schemas such as { gamma: z.number() }, found ${show(schema)}; give one`,
    );
  for (const [option, type] of Object.entries(schema)) {
    if (option === 'name' || option === 'weight')
      throw wrong(`expected no option "${option}", which every term has; call it otherwise`);
    if (!isSchema(type))
      throw wrong(`schema: ${option}: expected a Zod schema, found ${show(type)}; write z.number() or the like`);
  }
}

const WIDTH = 8;

/** What a loss is given in a training, as inputs of a graph of its own; D is the width of the vectors. */
export function lossInputs(D: number): Required<LossInputs> {
  const ofItems = (name: string): Tensor => input(name, ['B', 'K']);
  return {
    logitsBK: ofItems('logitsBK'),
    labelsBK: ofItems('labelsBK'),
    maskBK: ofItems('maskBK'),
    vectorsBKD: input('vectorsBKD', ['B', 'K', D]),
    lastClickBD: input('lastClickBD', ['B', D]),
    lastClickMaskB: input('lastClickMaskB', ['B']),
    userBD: input('userBD', ['B', D]),
    slateLogitB: input('slateLogitB', ['B']),
    utilitiesBK: ofItems('utilitiesBK'),
    clickBK: ofItems('clickBK'),
    noClickBK: ofItems('noClickBK'),
  };
}
