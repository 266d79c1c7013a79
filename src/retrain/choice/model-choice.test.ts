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

const told = (status: number, text: string) => async (ask: (url: string) => Promise<void>) => {
  const server = createServer((_, reply) => reply.writeHead(status).end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => server.close());
};
const nobody = (ask: (url: string) => Promise<void>) => ask('http://127.0.0.1:1');
const fault = (code: string, message: string): string => JSON.stringify({ code, message, requestId: '' });

it.each([
  [
    ...['no server', nobody],
    'URL: expected the server that answers, found no answer; start it, or check its address (on the command line --server)',
  ],
  [
    ...[
      'a key that is not known',
      told(401, fault('key-unknown', 'the key: expected one, found another; ask for one')),
    ],
    'URL refused: the key: expected one, found another; ask for one (on the command line --key)',
  ],
  [
    ...['a fault', told(409, fault('model-damaged', 'b: expected a whole model, found a damaged one; copy it'))],
    'URL refused: b: expected a whole model, found a damaged one; copy it',
  ],
  [
    ...['another server', told(404, 'Not found')],
    'URL/v1/models: expected an answer of a Slatewise server, found the status 404 of something else; check the address (on the command line --server)',
  ],
  [
    ...['a page', told(200, '<html>')],
    'URL: expected an answer of a Slatewise server, found something else; check its address (on the command line --server)',
  ],
] as const)('a server that does not let a model in is told in one sentence: %s', async (_, meet, sentence) => {
  await meet(async (url) => {
    await expect(choiceOverHttp({ url }).check()).rejects.toMatchObject({
      code: 'server-refused',
      message: `${sentence.replace('URL', url)}; what is done so far is kept`,
    });
  });
});
