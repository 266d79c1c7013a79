// `npm run playground`: a list model learns in a browser tab. Builds the page where it is not built yet, and serves its folder on this machine; any other file server does as well.
// `npm run playground -- --out docs/playground` builds it into a folder, for a file server of one's own, and serves nothing.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serveFolder } from './serve-folder.mjs';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string' } } });

function isPlayground(folder) {
  const page = resolve(folder, 'index.html');
  return existsSync(page) && readFileSync(page, 'utf8').includes('<title>Slatewise: Playground</title>');
}

async function buildInto(folder) {
  const { build } = await import('vite');
  await build({ configFile: resolve(root, 'page/playground/vite.config.ts'), build: { outDir: folder } });
}

if (values.out !== undefined) {
  const folder = resolve(values.out);
  // What lies there would be deleted.
  if (existsSync(folder) && !isPlayground(folder))
    throw new Error(`--out: expected a folder that is new or holds a playground, found ${folder}; name another`);
  await buildInto(folder);
  process.stdout.write(`The playground is in ${folder}\n`);
} else {
  const folder = resolve(root, 'dist/playground');
  if (!existsSync(resolve(folder, 'index.html'))) await buildInto(folder);
  const { url } = await serveFolder(folder, { port: Number(process.env.PORT ?? 0) });
  process.stdout.write(`The playground is at ${url}\nCtrl-C ends it.\n`);
}
