// `npm run build`: the package's JavaScript and declarations into dist, the pages of the server into dist/page, the playground into dist/playground. `npm ci` and `npm pack` run it too, as `prepare`, with --if-possible.
// So does `npx slatewise` in a clone where nothing is installed yet: if it failed there, npm would remember a broken command.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkFirstViews } from './first-view.mjs';

const root = resolve(import.meta.dirname, '..');
const compiler = resolve(root, 'node_modules/typescript/bin/tsc');

if (!existsSync(compiler)) {
  process.stderr.write('build: expected TypeScript in node_modules, found none; run npm ci without --omit=dev\n');
  process.exit(process.argv.includes('--if-possible') ? 0 : 1);
}
rmSync(resolve(root, 'dist'), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', resolve(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

const { build } = await import('vite');
await build({ configFile: resolve(root, 'page/vite.config.ts') });
await build({ configFile: resolve(root, 'page/playground/vite.config.ts') });
checkFirstViews(resolve(root, 'dist/page'));
