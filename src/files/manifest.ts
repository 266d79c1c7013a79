/** What a folder is made of: the size and the SHA-256 of each file. Files of two folders in one, cut, edited or damaged ones are found out before they are believed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ErrorCode } from '../slate/error-code.ts';
import { InputError } from '../slate/input-error.ts';

export const MANIFEST = 'manifest.json';

type Manifest = Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;

/** Writes the manifest of these files, which must be complete. A name may hold a slash. */
export async function writeManifest(folder: string, names: readonly string[]): Promise<void> {
  const files: Record<string, Manifest[string]> = {};
  for (const name of names) {
    const path = join(folder, name);
    files[name] = { bytes: (await stat(path)).size, sha256: await hashOf(path) };
  }
  await writeFile(join(folder, MANIFEST), `${JSON.stringify({ slatewise: 'manifest', files }, null, 1)}\n`);
}

export interface CheckManifestOptions {
  /** The files that there must be, and that are checked. */
  readonly names: readonly string[];
  /** What to do about a folder that is not as it was written. */
  readonly remedy: string;
  /** Of the error. */
  readonly code: ErrorCode;
  /** Larger files are compared by size alone; no limit unless told otherwise. */
  readonly hashedBytes?: number;
}

/** Throws `InputError`, which names the first file that is missing or not the one that was written. */
export async function checkManifest(
  folder: string,
  { names, remedy, code, hashedBytes = Number.POSITIVE_INFINITY }: CheckManifestOptions,
): Promise<void> {
  const refuse = (found: string): never => {
    throw new InputError(`${folder}: expected the files that were written together, found ${found}; ${remedy}`, code);
  };
  const files = (await readManifest(folder)) ?? refuse(`no ${MANIFEST} that can be read`);
  for (const name of names) {
    const written = Object.hasOwn(files, name) ? files[name] : refuse(`no ${name} in ${MANIFEST}`);
    const path = join(folder, name);
    const bytes = (await stat(path).catch(() => undefined))?.size ?? refuse(`no ${name}`);
    if (bytes !== written.bytes) refuse(`${name} with ${bytes} bytes instead of ${written.bytes}`);
    if (bytes <= hashedBytes && (await hashOf(path)) !== written.sha256)
      refuse(`${name} changed since, or that of another`);
  }
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as { readonly files?: unknown };
    const isManifest =
      typeof files === 'object' &&
      files !== null &&
      Object.values(files).every((each) => typeof each?.sha256 === 'string');
    return isManifest ? (files as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
