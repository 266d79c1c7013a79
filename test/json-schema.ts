import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const known = new Map<string, ValidateFunction>();

/** What is wrong with a value by a schema of an OpenAPI document; nothing where it fits. */
export function faultsAgainst(
  schema: object,
  value: unknown,
  { components }: { readonly components: object },
): readonly string[] {
  const key = JSON.stringify(schema);
  let validate = known.get(key);
  if (!validate) {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    validate = ajv.compile({ ...schema, components });
    known.set(key, validate);
  }
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
