/** The playground under `/playground/`: the files that `npm run build` made, read when they are asked for. The engine alone has 14 MB, which few visits need. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { filesIn, takesPacked, withLinks } from './page-files.ts';

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
export const isPlayground = (folder: string): boolean => existsSync(join(folder, 'index.html'));

/** Where there is one. `has`: what its links lead to. */
export function addPlayground(app: FastifyInstance, folder: string, has: readonly string[]): void {
  if (!isPlayground(folder)) return;
  app.get('/playground', (_, reply) => reply.redirect('/playground/', 308));
  for (const path of filesIn(folder)) {
    const isPage = path === 'index.html';
    const read = async (): Promise<Buffer> => {
      const bytes = await readFile(join(folder, path));
      return isPage ? withLinks(bytes, has) : bytes;
    };
    // The engine packed is a quarter of it; packing takes a second, once.
    let packed: Promise<Buffer> | undefined;
    app.get(isPage ? '/playground/' : `/playground/${path}`, async (request, reply) => {
      const isPacked = takesPacked(request);
      if (isPacked) {
        reply.header('content-encoding', 'gzip');
        packed ??= read().then((bytes) => promisify(gzip)(bytes));
      }
      // The name of everything but the page tells its content.
      if (!isPage) reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply
        .header('content-security-policy', POLICY)
        .header('referrer-policy', 'no-referrer')
        .header('vary', 'accept-encoding')
        .type(TYPES[extname(path)] ?? 'application/octet-stream')
        .send(await (isPacked ? packed : read()));
    });
  }
}
