import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import { kindsOf } from '../jobs/kinds.ts';
import { loadModel, type ModelCard, type StoredModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import { unknownName } from '../slate/nearest-name.ts';
import { orAborted } from './abort.ts';
import { checkOpenOptions } from './check-options.ts';
import { type FieldDefinitions, overridesOf } from './fields.ts';
import type { ListModel } from './list-model.ts';
import { createLiveModel } from './live-model.ts';
import { reportOf } from './make-report.ts';
import type { ModelReport } from './model-report.ts';
import type { OpenOptions } from './options.ts';
import { refuseArguments } from './refuse-arguments.ts';

/**
 * Opens a model folder, as `save` and `slatewise train` write it. Throws `InputError` where there is none, where it is damaged or of another format, and where it was
 * trained with other fields than those given.
 */
export function open<const F extends FieldDefinitions = FieldDefinitions>(
  folder: string,
  options?: OpenOptions<F>,
): Promise<ListModel<F>>;
export async function open<const F extends FieldDefinitions>(
  folder: string,
  options: OpenOptions<F> = {},
  ...surplus: readonly unknown[]
): Promise<ListModel<F>> {
  refuseArguments('open', folder, options, ...surplus);
  checkOpenOptions(options);
  const { signal, fields, kinds } = options;
  signal?.throwIfAborted();
  const stored = await orAborted(loadModel(folder, kindsOf(kinds, 'open: ')), signal);
  if (fields) checkFields(folder, fields, stored.features.schema);
  const model = await createLiveModel<F>(stored, storedReport(stored), options);
  if (!signal?.aborted) return model;
  await model.close();
  throw signal.reason;
}

/** The report that `save` wrote with the model; of one that the command line trained, what its card tells. */
export function storedReport({
  card,
  features,
}: {
  readonly card: ModelCard;
  readonly features: Pick<StoredModel['features'], 'schema'>;
}): ModelReport {
  const { report } = card as { readonly report?: ModelReport };
  return report ?? reportOf(card, features.schema);
}

function checkFields(folder: string, fields: FieldDefinitions, schema: FeatureSchema): void {
  const scopes = Object.keys(schema) as FieldScope[];
  const known = new Map(scopes.flatMap((scope) => schema[scope].map(({ name, kind }) => [`${scope}.${name}`, kind])));
  for (const [name, kind] of Object.entries(overridesOf(fields))) {
    const found = known.get(name);
    if (found === undefined)
      throw new InputError(`${folder}: fields of the model: ${unknownName(name, [...known.keys()])}`, 'unknown-field');
    if (found !== kind)
      throw new InputError(
        `${folder}: expected "${name}" as a ${kind}, found a model that was trained with it as a ${found}; define it so, or train again`,
        'unknown-field',
      );
  }
}
