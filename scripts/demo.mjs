// `npm run demo [-- log]` from a fresh clone: installs and builds what is missing, then runs `slatewise demo`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function step(command, args, options) {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) process.stderr.write(`demo: could not run ${command} ${args.join(' ')}: ${error.message}\n`);
  if (status !== 0) process.exit(signal ? 130 : (status ?? 1));
}

/** npm says where it lies; on Windows it is a batch file otherwise, which only a shell can start. */
function npm(...args) {
  const { npm_execpath: cli } = process.env;
  if (cli?.endsWith('.js')) step(process.execPath, [cli, ...args], { cwd: root });
  else step('npm', args, { cwd: root, shell: process.platform === 'win32' });
}

if (!existsSync(resolve(root, 'node_modules/typescript'))) npm('ci', '--no-audit', '--no-fund');
npm('run', '--silent', 'build');
// Paths on the command line are the user's, seen from where npm was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
step(process.execPath, [resolve(root, 'dist/cli/main.js'), 'demo', ...process.argv.slice(2)], { cwd });
