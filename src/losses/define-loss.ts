import { z } from 'zod';
import { input } from '../graph/leaves.ts';
import { checkBooleans, checkDefinition, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { checkKindName } from '../slate/kind-name.ts';
import { unlike } from '../slate/nearest-name.ts';
import { show } from '../slate/rejected-event.ts';
import { issueOf, issuePlace } from '../slate/strict-schema.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ListCounts } from './counts.ts';
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
/** What a copy of a built-in loss has too. */
const finished = ['kind', 'longestList', 'readsUser'];
const meanings = ['clicks', 'choice'];

/**
 * A loss for recipes to name, brought by `kinds` of the settings; `lossConformance` of `slatewise/testing` checks it. Throws `InputError` for a name that cannot be one, for
 * a key that nothing reads, for defaults that its schemas do not take, and for a formula that is no scalar or whose shapes do not fit.
 */
export function defineLoss<const Name extends string, Schema extends z.ZodRawShape = Record<never, never>>(
  own: OwnLoss<Name, Schema>,
): Loss<Name, z.output<z.ZodObject<Schema>>> {
  checkDefinition(own, { call: 'defineLoss', word: 'loss', keys, finished });
  const { name } = own;
  checkKindName('loss', name);
  const wrong = (what: string): InputError => new InputError(`loss "${name}": ${what}`, 'invalid-definition');
  if (typeof own.build !== 'function')
    throw wrong(`expected build to be a function from tensors to a scalar, found ${typeof own.build}; give one`);
  if (typeof own.counts !== 'function')
    throw wrong(
      `expected counts to be a function from a list to what its mean counts of it, found ${typeof own.counts}; give one, such as perItem or perClickedList`,
    );
  if (own.calibrates !== undefined && !meanings.includes(own.calibrates))
    throw wrong(`calibrates: ${unlike(own.calibrates, meanings, 'leave it out where scores only order')}`);
  checkBooleans(own, ['readsTwoLogits', 'readsUser'], `loss "${name}"`);
  const schema = own.schema ?? ({} as Schema);
  const taken = ['name', 'weight'].find((option) => option in schema);
  if (taken !== undefined) throw wrong(`expected no option "${taken}", which every term has; call it otherwise`);
  const defaults = own.defaults ?? {};
  const { error, data } = z.strictObject(schema).safeParse(defaults);
  if (error) throw wrong(`${issuePlace(error, 'defaults')}: ${issueOf(error, defaults)}`);
  const loss: Loss<Name, z.output<z.ZodObject<Schema>>> = {
    ...own,
    kind: 'loss',
    schema: schema as unknown as Loss<Name, z.output<z.ZodObject<Schema>>>['schema'],
    defaults: data as z.output<z.ZodObject<Schema>>,
  };
  const { shape, type } = built(loss, wrong);
  if (shape.length > 0 || type !== 'float32')
    throw wrong(
      `expected a scalar of float32, found ${type} of shape ${formatShape(shape)}; take its mean, as with meanWhere`,
    );
  return loss;
}

/** The formula once, on tensors of the shapes that a training has. */
function built<Options extends object>(loss: Loss<string, Options>, wrong: (what: string) => InputError): Tensor {
  let tensor: unknown;
  try {
    tensor = loss.build(lossInputs(WIDTH), loss.defaults);
  } catch (error) {
    throw wrong(`its formula cannot be built: ${(error as Error).message}`);
  }
  if (Array.isArray((tensor as Partial<Tensor> | null | undefined)?.shape)) return tensor as Tensor;
  throw wrong(`expected build to return a scalar of float32, found ${show(tensor)}; return the tensor of the mean`);
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
