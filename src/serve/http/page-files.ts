/** The pages that a browser opens: files that `npm run build` made, held in memory, and sent with a policy under which nothing else is loaded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Scripts and styles of this server only, questions to it only, and no frame of another page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Where the pages of this package are, whether it runs from its source or is built. */
export const builtPages = (): string => resolve(import.meta.dirname, '../../../dist/page');

/** Whether who asks can unpack. */
export const takesPacked = ({ headers }: FastifyRequest): boolean =>
  /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));

/** A page that says of itself what else its server has: its links lead there. */
export const withLinks = (page: Buffer, has: readonly string[]): Buffer =>
  Buffer.from(page.toString('utf8').replace('<html ', `<html data-has="${has.join(' ')}" `));

/** Adds the pages of a folder: `index.html` at `/`, `lists.html` at `/lists`, everything else by its path. `has`: what their links lead to. False where there are none. */
export function addPages(app: FastifyInstance, folder: string, has: readonly string[]): boolean {
  const files = filesIn(folder);
  for (const path of files) {
    const [ending] = /[a-z]+$/.exec(path) ?? [''];
    const isPage = ending === 'html';
    const file = readFileSync(join(folder, path));
    const bytes = isPage ? withLinks(file, has) : file;
    const packed = gzipSync(bytes, { level: 9 });
    const url = isPage ? `/${path.replace(/\.html$/, '').replace(/^index$/, '')}` : `/${path}`;
    app.get(url, (request, reply) => {
      const isPacked = takesPacked(request);
      if (isPacked) reply.header('content-encoding', 'gzip');
      // The name of everything but a page tells its content.
      if (!isPage) reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply
        .header('content-security-policy', POLICY)
        .header('referrer-policy', 'no-referrer')
        .header('vary', 'accept-encoding')
        .type(TYPES[ending] ?? 'application/octet-stream')
        .send(isPacked ? packed : bytes);
    });
  }
  return files.includes('index.html');
}

/** Paths of all files in a folder, none where there is no such folder. */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
