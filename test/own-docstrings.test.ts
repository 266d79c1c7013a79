/** The check of the API reference takes an inherited docstring for an own one; this looks at the declarations themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
);
const read = (path: string): string => readFileSync(join(SRC, path), 'utf8');

/** Names that the faces export. */
const exported = new Set(
  sources
    .filter((path) => !/[\\/]/.test(path))
    .flatMap((path) => [...read(path).matchAll(/export (?:type )?\{([^}]*)\}/g)])
    .flatMap(([, names]) => names.split(','))
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0],
    ),
);

/** Declarations of these names in a text that no docstring stands above; of overloads the first one has it. */
function withoutDocstring(text: string, names: ReadonlySet<string>): readonly string[] {
  const lines = text.split('\n');
  const met = new Set<string>();
  return lines.flatMap((line, at) => {
    const [, name] = /^export (?:async )?(?:interface|type|function|const|class) (\w+)/.exec(line) ?? [];
    if (name === undefined || !names.has(name) || met.has(name)) return [];
    met.add(name);
    return lines[at - 1]?.endsWith('*/') ? [] : [name];
  });
}

it('stand above every declaration that a face exports', () => {
  expect(exported.size).toBeGreaterThan(200);
  expect(sources.flatMap((path) => withoutDocstring(read(path), exported))).toEqual([]);
});

it('are missed where there is none, also below a parent that has one', () => {
  const text = '/** Known. */\nexport interface A {}\n\nexport interface B extends A {}\nexport const c = 1;\n';
  expect(withoutDocstring(text, new Set(['A', 'B']))).toEqual(['B']);
});
