/**
 * A list model behind HTTP: it is asked for lists and told what was shown and clicked. `npm run examples` makes models/restaurants first, starts this with --try, asks and ends.
 * Run: npx tsx -C slatewise-source examples/server.ts models/restaurants
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { InputError, type LiveEvent, open, type RequestInput } from 'slatewise';

const [folder = 'models/restaurants', mode] = process.argv.slice(2);
const model = await open(folder);

/** What a client may ask: the size of a list and its rules are the shop's. */
const askedBy = (body: unknown): RequestInput => {
  const { user, session, fields, items } = (body ?? {}) as RequestInput;
  return { user, session, fields, items };
};

const routes: Readonly<Record<string, (body: unknown) => Promise<unknown>>> = {
  '/score': async (body) => (await model.score([askedBy(body)]))[0],
  '/generate': async (body) => (await model.generate(askedBy(body), { size: 3 })).slates[0],
  '/events': async (body) => ({ became: await model.observe(body as LiveEvent) }),
};

/** What is at fault in a request is told with its code, as 400; what is asked is checked by the model itself. */
async function answer(request: IncomingMessage): Promise<readonly [number, unknown]> {
  const route = request.method === 'POST' ? routes[request.url ?? ''] : undefined;
  if (route === undefined) return [404, { error: `expected POST to ${Object.keys(routes).join(', ')}` }];
  try {
    return [200, await route(await json(request))];
  } catch (error) {
    if (error instanceof InputError) return [400, { code: error.code, error: error.message }];
    if (error instanceof SyntaxError) return [400, { error: `expected JSON: ${error.message}` }];
    throw error;
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch((error: unknown) => {
    console.error(error);
    return [500, { error: 'see the log of the server' }] as const;
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(mode === '--try' ? 0 : 8080);
/** The answers under way are given; what the model has learned of is kept. */
process.once('SIGTERM', () => server.close(() => model.save(folder).then(() => model.close())));

if (mode === '--try') {
  const { port } = server.address() as AddressInfo;
  const post = async (path: string, body: unknown): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  const request = { user: 'u1', items: ['i0', 'i4', 'i7', 'i8', 'i11'] };
  console.log('score', await post('/score', request));
  console.log('generate', await post('/generate', request));
  console.log(
    'shown',
    await post('/events', { event: 'ranking', id: 'page 1', user: 'u1', items: ['i0', 'i4', 'i7'] }),
  );
  console.log('clicked', await post('/events', { event: 'interaction', ranking: 'page 1', item: 'i0', type: 'click' }));
  console.log('wrong', await post('/score', { user: 'u1', itms: ['i0'] }));
  server.close();
  await model.close();
}
