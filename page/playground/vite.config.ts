/** The playground: `npm run build` makes dist/playground of it, a folder that any file server can hold, under any path. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = resolve(import.meta.dirname, '../..');

const { browser } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  browser: Readonly<Record<string, string>>;
};

/** Takes the web's files in place of Node's, as package.json says under "browser". */
const forBrowser = (): Plugin => ({
  name: 'for-browser',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const other = found && browser[`./${relative(root, found.id)}`];
    return other ? resolve(root, other) : found;
  },
});

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [forBrowser()],
  worker: { format: 'es', plugins: () => [forBrowser()] },
  resolve: { conditions: ['slatewise-source', 'browser', 'import', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(root, 'dist/playground'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  logLevel: 'warn',
});

export default config;
