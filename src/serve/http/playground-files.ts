/** The playground under `/playground/`: the files that `npm run build` made, read when they are asked for. The engine alone has 14 MB, which few visits need. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { filesIn } from './page-files.ts';

/** WebAssembly may be compiled, and a worker of this server started; nothing is asked of anybody, and no other page may show this one in a frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Where the built playground lies, beside the other pages. */
export const playgroundBeside = (pages: string): string => resolve(pages, '../playground');

/** False where there is none, as in an installed package: it is built in a clone. */
export function addPlayground(app: FastifyInstance, folder: string): boolean {
  if (!existsSync(join(folder, 'index.html'))) return false;
  app.get('/playground', (_, reply) => reply.redirect('/playground/', 308));
  for (const path of filesIn(folder)) {
    const isPage = path === 'index.html';
    app.get(isPage ? '/playground/' : `/playground/${path}`, async (_, reply) => {
      const file = join(folder, path);
      // The name of everything but the page tells its content.
      if (!isPage) reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply
        .header('content-security-policy', POLICY)
        .header('referrer-policy', 'no-referrer')
        .header('content-length', (await stat(file)).size)
        .type(TYPES[extname(path)] ?? 'application/octet-stream')
        .send(createReadStream(file));
    });
  }
  return true;
}
