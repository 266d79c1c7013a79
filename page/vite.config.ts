/** The pages of `slatewise serve`: `npm run build` makes dist/page of them. Nothing is loaded from any other host, and no script stands in the markup. */
import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';

const page = import.meta.dirname;

const config: UserConfig = defineConfig({
  root: page,
  base: '/',
  publicDir: false,
  resolve: { conditions: ['slatewise-source', 'browser', 'import', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(page, '../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    // A picture in the text of a script or a style would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index', 'lists', 'reports'].map((name) => resolve(page, `${name}.html`)) },
  },
  logLevel: 'warn',
});

export default config;
