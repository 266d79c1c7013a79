/** `slatewise serve` from the command line: it answers, learns, is killed, and knows what it knew. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../src/client.ts';
import { newKey } from '../src/serve/access/keys.ts';
import { ended } from './command-ending.ts';
import { SERVE, serve } from './serve-process.ts';
import { modelsFolder } from './served-models.ts';

const ROOT = resolve(import.meta.dirname, '..');
let models = '';
beforeAll(async () => {
  models = await modelsFolder('a', 'b');
});

const requests = [{ user: 'u900', time: Date.UTC(2030, 0, 1), items: ['small', 'medium', 'large'] }];

describe('slatewise serve', () => {
  it('learns from events, and knows them after kill -9', async () => {
    const journal = join(await mkdtemp(join(tmpdir(), 'served-')), 'journal');
    const first = await serve(models, '--journal', journal);
    const client = createClient({ url: first.url });
    const before = await client.score({ requests });
    const { sequence, taken } = await client.events([
      { event: 'ranking', id: 'page', user: 'u900', items: ['large', 'small'] },
      { event: 'interaction', id: 'click', ranking: 'page', item: 'small', type: 'click' },
    ]);
    expect([taken, sequence]).toEqual([2, 2]);
    const after = await client.score({ requests });
    expect(after.lists).not.toEqual(before.lists);
    expect(await first.end('SIGKILL')).toBeNull();

    const second = await serve(models, '--journal', journal);
    const again = createClient({ url: second.url });
    expect(await again.score({ requests })).toEqual(after);
    const { outcomes } = await again.events({
      event: 'interaction',
      id: 'click',
      ranking: 'page',
      item: 'small',
      type: 'click',
    });
    expect(outcomes).toMatchObject([{ taken: true, applied: 'again', sequence: 2 }]);
    await again.activate('b');
    expect((await again.score({ requests })).model).toBe('b');

    expect(await second.end('SIGTERM')).toBe(0);
    expect(second.notes()).toContain('SIGTERM: answering what is under way');
    for (const line of second.log().trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  });

  it('answers what is under way at SIGTERM, and leaves a snapshot', async () => {
    const journal = join(await mkdtemp(join(tmpdir(), 'served-')), 'journal');
    const served = await serve(models, '--journal', journal);
    await createClient({ url: served.url }).events({ event: 'user', user: 'u900', fields: { age: '20s' } });
    const headers = { 'content-type': 'application/json', expect: '100-continue' };
    const under = request(`${served.url}/v1/score`, { method: 'POST', headers });
    under.flushHeaders();
    await once(under, 'continue');
    const exit = served.end('SIGTERM');
    await expect.poll(served.notes).toContain('SIGTERM: answering what is under way');
    under.end(JSON.stringify({ requests }));
    const [answer] = (await once(under, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(await text(answer))).toMatchObject({ model: 'a', sequence: 1 });
    expect(await exit).toBe(0);
    expect(await readdir(journal)).toContain('0000000000000001.snapshot');
  });

  it('takes keys from a file, reads it again on SIGHUP, and tells a new key once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'served-'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...SERVE, '--new-key', 'rank', '--key-name', 'shop'],
      { cwd: ROOT },
    );
    const [, key, line] = /told this once: (\S+)\n.*: (shop rank sha256:[0-9a-f]{64})\n$/.exec(stdout) ?? [];
    await writeFile(join(folder, 'keys.txt'), `${line}\n`);
    const options = ['--journal', join(folder, 'journal'), '--keys', join(folder, 'keys.txt')];
    const served = await serve(models, ...options, '--active', 'b', '--metrics-port', '0');
    await expect(createClient({ url: served.url }).models()).rejects.toMatchObject({ code: 'key-missing' });
    expect((await createClient({ url: served.url, key }).models()).active).toBe('b');

    const next = newKey('next', ['rank']);
    await writeFile(join(folder, 'keys.txt'), `${next.line}\n`);
    served.send('SIGHUP');
    const asked = (shown: string): Promise<unknown> =>
      createClient({ url: served.url, key: shown })
        .models()
        .then(
          ({ active }) => active,
          ({ code }) => code,
        );
    await expect.poll(() => asked(next.key)).toBe('b');
    expect(await asked(key)).toBe('key-unknown');
    expect(await served.end('SIGINT')).toBe(0);
    for (const shown of [key, next.key]) expect(served.log() + served.notes()).not.toContain(shown);
  });

  it.each([
    [['--host', '0.0.0.0'], 1, /expected keys where other machines can ask/],
    [['--keys', '/nowhere/keys.txt'], 1, /expected a file of keys, found none/],
    [['--log-level', 'loud'], 2, /expected one of trace, debug/],
    [['--active', 'c'], 1, /expected one of a, b, found "c"/],
    [['--new-key', 'root'], 1, /expected scopes out of rank, events, admin/],
  ] as const)('ends with one sentence for %j', async (args, code, sentence) => {
    const journal = join(await mkdtemp(join(tmpdir(), 'served-')), 'journal');
    const said = await ended(['serve', models, '--journal', journal, ...args].join(' '));
    expect(said.code).toBe(code);
    expect(said.said).toMatch(sentence);
    expect(said.said).not.toMatch(/\n\s+at /);
  });
});
