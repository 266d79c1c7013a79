/** Every setting of a config by its path, such as `model.width`. Lists are told whole, but for lists of named things, such as losses: they are told by their names. */
export function configFacts(config: unknown): ReadonlyMap<string, unknown> {
  const facts = new Map<string, unknown>();
  gather(config, '', facts);
  return facts;
}

function gather(value: unknown, path: string, facts: Map<string, unknown>): void {
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (Array.isArray(value) && value.length > 0 && value.every(isNamed))
    for (const { name, ...rest } of value) gather(rest, inner(name), facts);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [name, each] of Object.entries(value)) gather(each, inner(name), facts);
  else facts.set(path, value);
}

const isNamed = (value: unknown): value is { readonly name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
