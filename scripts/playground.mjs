// `npm run playground`: a list model learns in a browser tab. Builds the page where it is not built yet, and serves its folder on this machine; any other file server does as well.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { serveFolder } from './serve-folder.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(root, 'dist/playground');
if (!existsSync(resolve(folder, 'index.html'))) {
  const { build } = await import('vite');
  await build({ configFile: resolve(root, 'page/playground/vite.config.ts') });
}
const { url } = await serveFolder(folder, { port: Number(process.env.PORT ?? 0) });
process.stdout.write(`The playground is at ${url}\nCtrl-C ends it.\n`);
