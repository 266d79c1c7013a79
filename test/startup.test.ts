import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ENTRY = resolve(import.meta.dirname, '../src/cli/main.ts');

/** What a file loads at once: no types, and nothing that is imported only when it is needed. */
const loadedAtOnce = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^import (?!type\b)(?:[^;]*? from )?'([^']+)';/gm)]
    .filter(([statement]) => !/^import \{(?:\s*type \w+,?)+\s*\} from/.test(statement))
    .map(([, path]) => path);

/** Every file and package that is loaded before a verb does its work. */
function reached(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files)
    for (const path of loadedAtOnce(file)) {
      if (path.startsWith('.')) files.add(resolve(dirname(file), path));
      else if (!path.startsWith('node:')) packages.add(path);
    }
  return { files, packages };
}

it('--version, --help and a usage error load the declarations of the verbs and no more', () => {
  const { files, packages } = reached(ENTRY);
  expect([...packages]).toEqual(['commander']);
  expect(files.size).toBeGreaterThan(20);
  expect([...files].filter((file) => file.includes('/cli/actions/'))).toEqual([]);
});
