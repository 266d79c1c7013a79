import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import type { Route } from '../routes/route.ts';
import { routes } from '../routes/routes.ts';
import { openApiDocument } from './openapi.ts';

const copyOf = (options: { readonly hasKeys: boolean }): Record<string, unknown> =>
  JSON.parse(JSON.stringify(openApiDocument({ routes, version: '1.2.3', ...options })));

describe('the document', () => {
  it.each([true, false])('is OpenAPI 3.1 (with keys: %j)', async (hasKeys) => {
    const document = copyOf({ hasKeys });
    expect('security' in document).toBe(hasKeys);
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    expect((await new Validator().validate({ ...document, paths: { a: 1 } })).valid).toBe(false);
  });

  it('names no schema that it does not have, and has none that it does not name', () => {
    const { components, ...rest } = copyOf({ hasKeys: true }) as { readonly components: { readonly schemas: object } };
    const named = (value: unknown): readonly string[] =>
      [...JSON.stringify(value).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    const known = Object.keys(components.schemas);
    expect(known.length).toBeGreaterThan(20);
    expect(new Set([...named(rest), ...named(components)])).toEqual(new Set(known));
  });

  it('gives every operation an id of its own, and what each key is good for', () => {
    const { paths } = copyOf({ hasKeys: true }) as {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { readonly operationId: string; readonly 'x-scope'?: string }>>>
      >;
    };
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(operations).toHaveLength(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
    const scopes = routes.map(({ scope }: Route) => (scope === 'open' ? undefined : scope));
    expect(operations.map((operation) => operation['x-scope'])).toEqual(scopes);
  });
});
