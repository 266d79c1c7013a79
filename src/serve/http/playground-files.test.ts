import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { addPlayground, isPlayground, playgroundBeside } from './playground-files.ts';

it('is sent as it was built, with links to the other pages, and a policy that lets it ask nobody and compile its engine', async () => {
  const folder = playgroundBeside(join(await mkdtemp(join(tmpdir(), 'built-')), 'page'));
  const app = fastify();
  expect(isPlayground(folder)).toBe(false);
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en">');
  await writeFile(join(folder, 'assets/engine-1.wasm'), Uint8Array.of(0, 97, 115, 109));
  expect(isPlayground(folder)).toBe(true);
  addPlayground(app, folder, ['pages', 'playground']);
  const page = await app.inject('/playground/');
  expect(page.body).toBe('<!doctype html><html data-has="pages playground" lang="en">');
  expect(page.headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
  const engine = await app.inject('/playground/assets/engine-1.wasm');
  expect([...engine.rawPayload]).toEqual([0, 97, 115, 109]);
  expect(engine.headers['content-type']).toBe('application/wasm');
  const packed = await app.inject({ url: '/playground/assets/engine-1.wasm', headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect([...gunzipSync(packed.rawPayload)]).toEqual([0, 97, 115, 109]);
  // Its files are named from its folder: without the slash they would be looked for elsewhere.
  expect((await app.inject('/playground')).headers.location).toBe('/playground/');
  expect((await app.inject('/playground/nothing.js')).statusCode).toBe(404);
  await app.close();
});
