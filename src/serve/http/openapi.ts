/** The routes as OpenAPI 3.1, made from the schemas that check them. */
import type { z } from 'zod';
import type { Route } from '../routes/route.ts';
import { errorAnswer } from '../wire/admin-schemas.ts';
import { schemaNaming } from '../wire/named.ts';
import { componentSchemas, inlineSchema, type JsonSchema, refTo } from './json-schemas.ts';

const FAULTS: Readonly<Record<number, string>> = {
  400: 'The request is wrong; the sentence says where.',
  401: 'A key is needed, or another one.',
  403: 'The key is for something else, or the address is not called by this name.',
  404: 'There is no such model.',
  409: 'Something else of the kind is under way.',
  413: 'The request is too large.',
  415: 'The body is not said to be JSON.',
  422: 'The request is as described here, and cannot be answered all the same, such as rules that no list keeps; the sentence says why.',
  429: 'You ask too much at once; retry-after says when to ask again.',
  503: 'Not now; retry-after says when to ask again.',
};

export interface DocumentOptions {
  readonly routes: readonly Route[];
  readonly version: string;
  readonly hasKeys: boolean;
}

export function openApiDocument({ routes, version, hasKeys }: DocumentOptions): object {
  const schemas = routes.flatMap(({ body, answer }) => [
    ...(body ? [body] : []),
    ...(typeof answer === 'string' ? [] : [answer]),
  ]);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slatewise',
      version,
      description:
        'Lists recommended from what is known this second: ask for scores, ranks and whole lists, and tell what happens.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    ...(hasKeys ? { security: [{ key: [] }] } : {}),
    paths,
    components: {
      schemas: componentSchemas([...schemas, errorAnswer]),
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(route: Route): JsonSchema {
  const { summary, path, method, scope, body, answer, example } = route;
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[/{}.-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(scope === 'open' ? { security: [] } : { 'x-scope': scope }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body), ...(example === undefined ? {} : { example }) } },
          },
        }
      : {}),
    responses: {
      200: { description: 'The answer.', content: contentOf(answer) },
      ...Object.fromEntries(
        faultsOf(route).map((status) => [
          status,
          {
            description: FAULTS[status],
            ...(status === 429 || status === 503
              ? { headers: { 'retry-after': { description: 'Seconds.', schema: { type: 'integer' } } } }
              : {}),
            content: {
              'application/json': {
                schema: status === 503 && isHealth(route) ? schemaOf(answer as z.ZodType) : refTo('ErrorAnswer'),
              },
            },
          },
        ]),
      ),
    },
  };
}

const isHealth = ({ path }: Route): boolean => path === '/health/ready';

function faultsOf({ method, scope, kind, body, params, query, faults = [], path }: Route): readonly number[] {
  const always = scope === 'open' ? [403] : [401, 403];
  const given = body || method !== 'GET' ? [400, 413, 415, 422] : params || query ? [400] : [];
  const load = kind === 'asking' ? [404, 429, 503] : kind === 'telling' ? [429, 503] : kind === 'ruling' ? [503] : [];
  const ready = path === '/health/ready' ? [503] : [];
  return [...new Set([...always, ...given, ...load, ...faults, ...ready])].sort((a, b) => a - b);
}

const contentOf = (answer: z.ZodType | string): JsonSchema =>
  typeof answer === 'string'
    ? { [answer]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: schemaOf(answer) } };

function schemaOf(schema: z.ZodType): JsonSchema {
  const naming = schemaNaming(schema);
  return naming ? refTo(naming.id) : inlineSchema(schema);
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inlineSchema(schema) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}
