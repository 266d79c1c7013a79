import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { keyOf, newKey, parseKeys, parseScopes, readKeys } from './keys.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});
const compared = vi.mocked(timingSafeEqual);

describe('a key', () => {
  it('is known by its hash, which does not tell it', () => {
    const { key, line } = newKey('shop', ['rank', 'events']);
    expect(line).toBe(`shop rank,events sha256:${createHash('sha256').update(key).digest('hex')}`);
    const keys = parseKeys(line, 'keys');
    expect(keyOf(key, keys)?.name).toBe('shop');
    expect(keyOf(`${key}x`, keys)).toBeUndefined();
    expect(keyOf('', keys)).toBeUndefined();
  });

  it('stands beside others, so that one can replace another', () => {
    const [before, after] = [newKey('before', ['rank']), newKey('after', ['rank', 'admin'])];
    const keys = parseKeys(`# rotated today\n${before.line}\n\n  ${after.line}\r\n`, 'keys');
    expect([before, after].map(({ key }) => keyOf(key, keys)?.name)).toEqual(['before', 'after']);
    expect([...(keyOf(after.key, keys)?.scopes ?? [])]).toEqual(['rank', 'admin']);
  });

  it('is compared with all of them in constant time, whichever it is', () => {
    const made = ['first', 'middle', 'last'].map((name) => newKey(name, ['rank']));
    const keys = parseKeys(made.map(({ line }) => line).join('\n'), 'keys');
    for (const shown of [...made.map(({ key }) => key), 'another']) {
      compared.mockClear();
      keyOf(shown, keys);
      expect(compared.mock.calls.map(([, hash]) => hash)).toEqual(keys.map(({ hash }) => hash));
    }
  });

  it('is drawn anew each time', () => {
    expect(newKey('a', ['rank']).key).not.toBe(newKey('a', ['rank']).key);
  });
});

describe('a file of keys', () => {
  it('that is wrong is refused by its line, of which nothing is told', () => {
    expect(() => parseKeys('# none', 'keys.txt')).toThrow('keys.txt: expected at least one key, found none');
    const secret = 'shop rank slatewise_secret';
    expect(() => parseKeys(`\n${secret}`, 'keys.txt')).toThrow(
      /^keys\.txt: line 2: expected a name, scopes and sha256/,
    );
    expect(() => parseKeys(secret, 'keys.txt')).not.toThrow(/secret/);
    expect(() => parseKeys(newKey('a', ['rank']).line.replace('rank', 'root'), 'k')).toThrow('found "root"');
    expect(() => parseScopes('rank,,events', '--new-key')).toThrow('expected scopes out of rank, events, admin');
  });

  it('is read, or said not to be there', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys.txt');
    await expect(readKeys(path)).rejects.toMatchObject({ code: 'file-not-found' });
    await writeFile(path, newKey('a', ['rank']).line);
    expect(await readKeys(path)).toHaveLength(1);
  });
});
