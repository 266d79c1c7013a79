/** What docs/serving.md shows is what a server answers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveCommand } from '../src/cli/verbs/serve.ts';
import type { ListModel } from '../src/live/list-model.ts';
import { createServer } from '../src/serve/http/create-server.ts';
import { ASKING, BODY_LIMIT, TELLING, TIMEOUTS } from '../src/serve/http/options.ts';
import { routes } from '../src/serve/routes/routes.ts';
import { drinksModel, memoryHost } from './memory-host.ts';

const ROOT = resolve(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs/serving.md'), 'utf8');
const examples = [...page.matchAll(/^```sh\n(curl [\s\S]*?)\n```\n\n```json\n([\s\S]*?)\n```$/gm)].map(
  ([, command, answer]) => ({ command, answer: JSON.parse(answer) as unknown }),
);

/** What curl would send. */
function requestOf(command: string): InjectOptions & { readonly url: string } {
  const [, method, quoted, bare] =
    /^curl (?:-X (\w+) )?(?:'localhost:8080([^']+)'|localhost:8080(\S+))/.exec(command) ?? [];
  const [, type = 'application/x-www-form-urlencoded'] = / -H 'content-type: ([^']+)'/.exec(command) ?? [];
  const [, payload] = / -d '([\s\S]*)'$/.exec(command) ?? [];
  return {
    method: (method ?? (payload === undefined ? 'GET' : 'POST')) as 'GET',
    url: quoted ?? bare,
    headers: { host: 'localhost:8080', ...(payload === undefined ? {} : { 'content-type': type }) },
    ...(payload === undefined ? {} : { payload }),
  };
}

/** Keys at every depth, and types; of a list its first entry. What is odd about a request depends on the model. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? 'number' : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'warnings' && key !== 'asOf')
      .map(([key, part]) => [key, key === 'fields' ? 'fields' : shapeOf(part)]),
  );
}

let model: ListModel;
let app: FastifyInstance;
beforeAll(async () => {
  model = await drinksModel();
  app = createServer(memoryHost({ a: model })).app;
});
afterAll(async () => {
  await app.close();
  await model.close();
});

describe('docs/serving.md', () => {
  it.each(examples)('$command', async ({ command, answer }) => {
    const response = await app.inject(requestOf(command));
    expect(response.statusCode, response.body).toBe(
      (answer as { readonly code?: string }).code === undefined ? 200 : 400,
    );
    // A random model has no lists of which average company is made.
    const plain = (text: unknown): unknown =>
      JSON.parse(
        JSON.stringify(text)
          .replaceAll(/"average":(?:null|\{[^}]*\})/g, '"average":0')
          .replaceAll(/,\{"name":"averageCompany","value":[^}]*\}/g, ''),
      );
    expect(shapeOf(plain(response.json()))).toEqual(shapeOf(plain(answer)));
  });

  it('has an example of every route that clients call', () => {
    const shown = examples.map(({ command }) => requestOf(command).url.replace(/\?.*/, ''));
    const asPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const told = routes.filter(({ kind }) => kind !== 'watching').map(({ path }) => path);
    expect(told.filter((path) => !shown.some((url) => asPattern(path).test(url)))).toEqual([]);
    for (const { method, path } of routes) expect(page, path).toContain(`\`${method} ${path}\``);
  });

  it('has every code of HTTP', () => {
    const codes = [
      ...readFileSync(join(ROOT, 'src/serve/wire/http-fault.ts'), 'utf8').matchAll(/^ {2}\| '([a-z0-9-]+)'/gm),
    ];
    expect(codes.length).toBeGreaterThan(15);
    for (const [, code] of codes) expect(page).toMatch(new RegExp(`^\\| \\d+ \\|.*\`${code}\``, 'm'));
  });

  it('has every metric, and none that is gone', () => {
    const source = readdirSync(join(ROOT, 'src/serve/watch'))
      .map((file) => readFileSync(join(ROOT, 'src/serve/watch', file), 'utf8'))
      .join('\n');
    const made = [...source.matchAll(/'(slatewise_\w+)'/g)].map(([, name]) => name);
    const ofMemory = [...source.matchAll(/ofMemory\('(\w+)'/g)].map(([, name]) => `slatewise_memory_${name}`);
    const ofLive = [...source.matchAll(/live\('(\w+)'/g)].map(([, name]) => `slatewise_live_${name}`);
    const told = [...page.matchAll(/`(slatewise_\w+)`/g)].map(([, name]) => name);
    expect(new Set(told)).toEqual(new Set([...made, ...ofMemory, ...ofLive]));
  });

  it('has every option of the command, with its default', () => {
    for (const { long, defaultValue } of serveCommand().options) {
      const row = page.split('\n').find((line) => line.startsWith('| `--') && line.includes(`\`${long}\``));
      expect(row, long ?? '').toBeDefined();
      if (defaultValue !== undefined) expect(row?.split(' | ')[1].replaceAll('`', '')).toContain(String(defaultValue));
    }
  });

  it('has the limits of the server', () => {
    expect(page).toContain(`${ASKING.running} under way and ${ASKING.waiting} waiting; ${ASKING.ofOneClient} of one`);
    expect(page).toContain(`${TELLING.running} under way and 1,024 waiting; ${TELLING.ofOneClient} of one`);
    expect([TELLING.waiting, BODY_LIMIT]).toEqual([1024, 1024 * 1024]);
    expect([TIMEOUTS.headers, TIMEOUTS.request, TIMEOUTS.keepAlive]).toEqual([5000, 10_000, 75_000]);
    expect([ASKING.longest, TELLING.longest]).toEqual([10_000, 10_000]);
  });
});
