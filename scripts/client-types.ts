/**
 * The types of the client, made from the schemas of the server (`npm run client:types`); `test/client-types.test.ts` holds that they are those of today.
 * Run: npx tsx -C slatewise-source scripts/client-types.ts
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openApiDocument } from '../src/serve/http/openapi.ts';
import { routes } from '../src/serve/routes/routes.ts';
import { UNTYPED } from '../src/serve/wire/event-schemas.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const FOLDER = join(resolve(import.meta.dirname, '..'), 'src/serve/client');

/** The files as they should be, by their paths. */
export function clientTypes(): Readonly<Record<string, string>> {
  const document = openApiDocument({ routes, version: '0', hasKeys: false }) as {
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  };
  const { schemas } = document.components;
  const asked = new Set(Object.keys(schemas).filter((name) => name.endsWith('Body')));
  for (const name of asked) for (const part of refsIn(schemas[name])) asked.add(part);
  const names = Object.keys(schemas);
  const answered = names.filter((name) => !asked.has(name));
  const isMetaranks = (name: string): boolean => name.startsWith('Metarank');
  const isOfPages = (name: string): boolean => /^(Dashboard|Items|Recent|Reports|Start|Users|WhatIf)/.test(name);
  /** What answers hold of what is asked. */
  const imported = (kept: readonly string[]): string => {
    const others = new Set(kept.flatMap((name) => refsIn(schemas[name])).filter((name) => !kept.includes(name)));
    const bodies = [...others].filter((name) => asked.has(name)).sort();
    return bodies.length === 0 ? '' : `import type { ${bodies.join(', ')} } from './body-types.ts';\n\n`;
  };
  const fileOf = (title: string, kept: readonly string[]): string =>
    `/** ${title} Made by \`npm run client:types\` from the schemas of the server: do not edit. */\n\n${imported(kept)}${kept
      .map((name) => `/** ${schemas[name].description ?? name} */\n${declaration(name, schemas[name])}\n`)
      .join('\n')}`;
  return {
    [join(FOLDER, 'body-types.ts')]: fileOf(
      'What is asked and told over the wire.',
      names.filter((name) => asked.has(name) && !isMetaranks(name)),
    ),
    [join(FOLDER, 'answer-types.ts')]: fileOf(
      'What is answered over the wire.',
      answered.filter((name) => !isMetaranks(name) && !isOfPages(name)),
    ),
    [join(FOLDER, 'page-types.ts')]: fileOf('What the pages in a browser are answered.', answered.filter(isOfPages)),
    [join(FOLDER, 'metarank-types.ts')]: fileOf(
      "What Metarank's clients ask and are answered.",
      names.filter(isMetaranks),
    ),
  };
}

/** Names of the schemas that one holds. */
const refsIn = (schema: Schema): readonly string[] =>
  [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);

/** An object is an interface, so that errors name it. */
const declaration = (name: string, schema: Schema): string =>
  schema.properties === undefined
    ? `export type ${name} = ${typeOf(schema)};`
    : `export interface ${name} ${typeOf(schema)}`;

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  const either = (schema.anyOf ?? schema.oneOf)?.filter(({ description }) => description !== UNTYPED);
  if (either) return [...new Set(either.map(typeOf))].join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return `readonly ${inArray(typeOf(schema.items ?? {}))}[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

const inArray = (type: string): string =>
  / \| |^readonly /.test(type.replaceAll(/\{[\s\S]*\}/g, '{}')) ? `(${type})` : type;

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  if (!properties) {
    const value = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
    return `Readonly<Record<string, ${value}>>`;
  }
  const lines = Object.entries(properties).map(([key, schema]) => {
    const isOptional = !required.includes(key);
    const text = schema.description === undefined ? '' : `/** ${schema.description} */\n`;
    return `${text}readonly ${key}${isOptional ? '?' : ''}: ${typeOf(schema)}${isOptional ? ' | undefined' : ''};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, text] of Object.entries(clientTypes())) writeFileSync(path, text);
}
