/** Definitions that a room's files export and its registry does not have. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Named, Registry } from '../src/slate/registry.ts';

/** What the files of a room export, by file and name. */
export type Exports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Each file of a folder, loaded; its tests are left out. */
export async function exportsOf(folder: string): Promise<Exports> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const loaded = files.map(
    async (file) => [file, (await import(pathToFileURL(join(folder, file)).href)) as Exports[string]] as const,
  );
  return Object.fromEntries(await Promise.all(loaded));
}

/** One line for each definition of this kind that is in no registry line. */
export function unregistered(exports: Exports, kind: string, registry: Registry<Named>): readonly string[] {
  return Object.entries(exports).flatMap(([file, names]) =>
    Object.entries(names)
      .filter(([, value]) => isOfKind(value, kind) && !registry.all.some((known) => known === value))
      .map(([name]) => `${file}: ${name} has no line in the registry of its room`),
  );
}

const isOfKind = (value: unknown, kind: string): boolean =>
  typeof value === 'object' && value !== null && (value as { readonly kind?: unknown }).kind === kind;
