/** The named schemas of the wire as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
import { z } from 'zod';
import { isSchema } from '../../slate/own-schema.ts';
import { schemaNaming } from '../wire/named.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export const refTo = (id: string): JsonSchema => ({ $ref: `#/components/schemas/${id}` });

/** Every schema that the given ones are, or hold, by name. */
export function componentSchemas(schemas: readonly z.ZodType[]): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ readonly id: string }>();
  const texts = new Map<string, string>();
  for (const schema of reachable(schemas)) {
    const naming = schemaNaming(schema);
    if (!naming) continue;
    registry.add(naming.told ?? schema, { id: naming.id });
    texts.set(naming.id, naming.description);
  }
  const { schemas: made } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const naming = schemaNaming(zodSchema as unknown as z.ZodType);
      const told = naming?.told ? refTo(naming.id) : insidePlain(zodSchema);
      if (!told) return;
      for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Record<string, unknown>)[key];
      Object.assign(jsonSchema, told);
    },
  });
  return Object.fromEntries(
    Object.entries(made)
      .map(([id, { $schema, $id, ...schema }]): readonly [string, JsonSchema] => [
        id,
        { description: texts.get(id), ...schema },
      ])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What a schema of plain objects takes (`slate/strict-schema.ts`); undefined for any other. */
function insidePlain({ _zod: { def } }: z.core.$ZodType): JsonSchema | undefined {
  const pipe = def as z.core.$ZodPipeDef;
  return def.type === 'pipe' && pipe.in._zod.def.type === 'custom' ? inlineSchema(pipe.out as z.ZodType) : undefined;
}

/** The schemas, and all that stand within them. */
function reachable(schemas: readonly z.ZodType[]): ReadonlySet<z.ZodType> {
  const found = new Set<z.ZodType>(schemas);
  for (const schema of found) {
    for (const part of partsOf(schema._zod.def)) found.add(part);
    const told = schemaNaming(schema)?.told;
    if (told) found.add(told);
  }
  return found;
}

/** Schemas that a definition holds, at any depth of plain lists and objects. */
function partsOf(value: unknown): readonly z.ZodType[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part: unknown) => (isSchema(part) ? [part] : partsOf(part)));
}

/** A schema without a name, such as that of the parameters of a path. */
export const inlineSchema = (schema: z.ZodType): JsonSchema => {
  const { $schema, ...made } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return made;
};
