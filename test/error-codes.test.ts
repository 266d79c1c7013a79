import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The words of the two unions: reasons of events, and all other codes. */
const codes = [...textOf('src/slate/error-code.ts').matchAll(/^ {2}\| '([a-z0-9-]+)'/gm)].map(([, code]) => code);

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('error-code.ts'))
  .map((file) => textOf(join('src', file)))
  .join('\n');

it('every code stands in docs/errors.md once, with an example and what to do, and no other', () => {
  const rows = [...textOf('docs/errors.md').matchAll(/^\| `([a-z0-9-]+)` \| `[^`]+` \| [^|]+ \|$/gm)];
  expect(codes.length).toBeGreaterThan(40);
  expect(rows.map(([, code]) => code).toSorted()).toEqual(codes.toSorted());
});

it('every code is one that something throws', () => {
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

it('codes are words in kebab-case', () => {
  expect(codes.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});
