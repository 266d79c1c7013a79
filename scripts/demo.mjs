// `npm run demo [-- log]` from a fresh clone: installs and builds what is missing, then runs `slatewise demo`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function step(command, args, cwd) {
  const { status, signal } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(signal ? 130 : (status ?? 1));
}

if (!existsSync(resolve(root, 'node_modules/typescript'))) step(npm, ['ci', '--no-audit', '--no-fund'], root);
step(npm, ['run', '--silent', 'build'], root);
// Paths on the command line are the user's, seen from where npm was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
step(process.execPath, [resolve(root, 'dist/cli/main.js'), 'demo', ...process.argv.slice(2)], cwd);
