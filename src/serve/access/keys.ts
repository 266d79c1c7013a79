/** Keys that clients show. The server knows their hashes only. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '../../slate/input-error.ts';

/** What a key is good for: asking, telling events, ruling models and persons. */
export type Scope = 'rank' | 'events' | 'admin';
export const scopes: readonly Scope[] = ['rank', 'events', 'admin'];

export interface AccessKey {
  /** Logs name it; the key itself is never told. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** SHA-256. A key is 32 random bytes: a slow hash would guard nothing more. */
  readonly hash: Buffer;
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

const LINE = /^([A-Za-z0-9._-]{1,64})\s+([a-z,]+)\s+sha256:([0-9a-f]{64})$/;

/** Makes a key: it is told once, and the line that a file of keys takes. */
export function newKey(name: string, allowed: readonly Scope[]): { readonly key: string; readonly line: string } {
  const key = `slatewise_${randomBytes(32).toString('base64url')}`;
  return { key, line: `${name} ${allowed.join(',')} sha256:${hashOf(key).toString('hex')}` };
}

/** Comma-separated scopes. Throws `InputError` for another word. */
export function parseScopes(text: string, where: string): readonly Scope[] {
  const words = [...new Set(text.split(',').map((word) => word.trim()))];
  const other = words.find((word) => !scopes.some((scope) => scope === word));
  if (other !== undefined)
    throw new InputError(
      `${where}: expected scopes out of ${scopes.join(', ')}, found ${JSON.stringify(other)}; name some of these, with commas between them`,
      'invalid-option',
    );
  return words as Scope[];
}

/** Reads lines of `<name> <scopes> sha256:<hash>`; empty ones and comments (`#`) are passed over. Throws `InputError`, and tells no part of a line. */
export function parseKeys(text: string, where: string): readonly AccessKey[] {
  const keys = text.split('\n').flatMap((line, at) => {
    const plain = line.trim();
    if (plain === '' || plain.startsWith('#')) return [];
    const [, name, words, hash] = LINE.exec(plain) ?? [];
    const place = `${where}: line ${at + 1}`;
    if (name === undefined)
      throw new InputError(
        `${place}: expected a name, scopes and sha256:<hash>, found something else; make one with npx slatewise serve --new-key rank,events`,
        'invalid-option',
      );
    return [{ name, scopes: new Set(parseScopes(words, place)), hash: Buffer.from(hash, 'hex') }];
  });
  if (keys.length === 0)
    throw new InputError(
      `${where}: expected at least one key, found none; make one with npx slatewise serve --new-key rank,events`,
      'invalid-option',
    );
  return keys;
}

export async function readKeys(path: string): Promise<readonly AccessKey[]> {
  try {
    return parseKeys(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${path}: expected a file of keys, found none that can be read; check the path`,
      'file-not-found',
      {
        cause: error,
      },
    );
  }
}

/** The key that is shown. It is compared with all of them, in the same time wherever they differ. */
export function keyOf(shown: string, keys: readonly AccessKey[]): AccessKey | undefined {
  const hash = hashOf(shown);
  let found: AccessKey | undefined;
  for (const key of keys) if (timingSafeEqual(hash, key.hash)) found = key;
  return found;
}
