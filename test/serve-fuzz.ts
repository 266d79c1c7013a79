/** Requests of every kind for a server: those that its own description makes, and hostile ones. */
import fc from 'fast-check';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The part of an OpenAPI document that is read here. */
export interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  /** As the document writes it. */
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Ids that are known stand among others, so that some requests reach what is behind the checks. */
const WORDS = fc.oneof(
  fc.constantFrom('small', 'medium', 'large', 'u1', 'u2', 'price', 'click', 'a'),
  fc.string({ maxLength: 12 }),
);

/** Values that a schema takes. */
function valuesOf(schema: Schema, document: Described, depth = 0): fc.Arbitrary<unknown> {
  const inner = (part: Schema): fc.Arbitrary<unknown> => valuesOf(part, document, depth + 1);
  if (schema.$ref !== undefined) return inner(document.components.schemas[schema.$ref.replace(/^.*\//, '')]);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(inner));
  switch (schema.type) {
    case 'string':
      // Of what a text must not be no texts can be made.
      return schema.pattern === undefined || schema.pattern.includes('(?!')
        ? WORDS.filter((text) => text.length >= (schema.minLength ?? 0))
        : fc.oneof(fc.constant('a'), fc.stringMatching(new RegExp(schema.pattern), { size: 'small' }));
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: Math.min(schema.maximum ?? 2 ** 31, 2 ** 31) });
    case 'number':
      return fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        min: schema.minimum ?? schema.exclusiveMinimum ?? -1e300,
        max: schema.maximum ?? 1e300,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 6, 6),
      });
    case 'object':
      return objectsOf(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

function objectsOf(
  { properties, required = [], additionalProperties }: Schema,
  inner: (part: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  if (!properties)
    return fc.dictionary(WORDS, inner(typeof additionalProperties === 'object' ? additionalProperties : {}), {
      maxKeys: 4,
    });
  const parts = Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, inner(part)]));
  return fc.record(parts, { requiredKeys: [...required] });
}

/** A text of JSON that is wrong somewhere: another type, a strange key, far too deep, cut off. */
const brokenOf = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(text.length).map((at) => text.slice(0, at)),
    fc
      .tuple(fc.nat(text.length), fc.string({ maxLength: 6 }))
      .map(([at, more]) => text.slice(0, at) + more + text.slice(at)),
    fc.constantFrom(
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
      '['.repeat(30_000),
      '{"a":'.repeat(500),
      '',
      'null',
      '"',
      '[[]]',
      '{"requests":null}',
      '\u0000',
      '{"requests":[{"items":[1e999]}]}',
      '{"requests":[{"items":[{"id":"small","fields":{"toString":1,"hasOwnProperty":"x"}}]}]}',
    ),
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 50 }),
  );

const HEADERS: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Readonly<Record<string, string>>>(
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'application/json', 'x-request-id': '{"level":60}' },
      { 'content-type': 'application/json', origin: 'https://evil.example' },
      { 'content-type': 'application/json', host: 'evil.example' },
      { 'content-type': 'application/json', authorization: 'Bearer nothing' },
      { 'content-type': '' },
    ),
  },
);

const ODD_PATHS = [
  '/',
  '//',
  '/v1',
  '/v1/models/../../etc/activate',
  '/v1/models/%00/activate',
  '/v1/users/%ff',
  '/rank/__proto__',
  '/docs/../metrics',
  `/v1/users/${'x'.repeat(2000)}`,
];

/** Requests for every route but those that say `slow` of themselves; a third of the bodies is wrong. */
export function fuzzRequests(document: Described): fc.Arbitrary<FuzzRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestsOf(path, method.toUpperCase(), operation, document)),
  );
  const odd = fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'OPTIONS'),
    url: fc.constantFrom(...ODD_PATHS),
    path: fc.constant('odd'),
    body: fc.option(fc.json({ maxDepth: 2 }), { nil: undefined }),
    headers: HEADERS,
  });
  return fc.oneof(...operations, odd);
}

function requestsOf(
  path: string,
  method: string,
  operation: Operation,
  document: Described,
): fc.Arbitrary<FuzzRequest> {
  const schema = operation.requestBody?.content['application/json'].schema;
  const sound = schema ? valuesOf(schema, document).map((value) => JSON.stringify(value)) : fc.constant(undefined);
  const body: fc.Arbitrary<string | undefined> = schema
    ? fc.oneof({ weight: 2, arbitrary: sound }, { weight: 1, arbitrary: sound.chain((text) => brokenOf(text ?? '')) })
    : sound;
  const { parameters = [] } = operation;
  const given = fc.tuple(...parameters.map(({ schema: part }) => fc.oneof(valuesOf(part, document), WORDS)));
  return fc.tuple(given, fc.boolean(), body, HEADERS).map(([values, hasQuery, text, headers]) => {
    const texts = values.map((value) => encodeURIComponent(String(value).replace(/^(?:|\.|\.\.)$/, 'x')));
    let url = path;
    const query: string[] = [];
    for (const [at, { name, in: place }] of parameters.entries())
      if (place === 'path') url = url.replace(`{${name}}`, () => texts[at]);
      else if (hasQuery) query.push(`${name}=${texts[at]}`);
    return { method, path, headers, body: text, url: query.length > 0 ? `${url}?${query.join('&')}` : url };
  });
}
