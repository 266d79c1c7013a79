import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rememberFact } from '../../serve/host/remembered-file.ts';
import { openFileStore } from '../../serve/journal/file-store.ts';
import { choiceInJournal } from './in-journal.ts';
import { choiceOverHttp } from './over-http.ts';

it('models of the experiments that the journal remembers are in use', async () => {
  const journal = await mkdtemp(join(tmpdir(), 'choice-'));
  const choice = choiceInJournal(journal, 'models');
  expect(await choice.inUse()).toEqual([]);
  const store = await openFileStore(journal);
  const variants = [
    { name: 'old', share: 0.5 },
    { name: 'new', share: 0.5, model: 'b' },
  ];
  await rememberFact(store, 'experiments.json', [{ name: 'order', coverage: 1, variants, shadows: ['c'] }]);
  await store.close();
  expect(await choice.inUse()).toEqual(['b', 'c']);
});

it('models that a server has loaded are in use', async () => {
  const states = { a: 'active', b: 'loaded', c: 'on disk' };
  const models = Object.entries(states).map(([name, state]) => ({ name, state }));
  const server = createServer((_, reply) => {
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ active: 'a', models }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await choiceOverHttp({ url }).inUse()).toEqual(['a', 'b']);
  } finally {
    server.close();
  }
});
