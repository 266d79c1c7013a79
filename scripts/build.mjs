// `npm run build`: the package's JavaScript and declarations into dist. `npm ci` and `npm pack` run it too, as `prepare`, with --if-possible. So does `npx slatewise` in a clone where
// nothing is installed yet: if it failed there, npm would remember a broken command.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

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
process.exit(status ?? 1);
