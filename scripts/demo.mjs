// `npm run demo [-- log]` from a fresh clone: installs what is missing, builds, then runs `slatewise demo`.
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

const say = (what) => process.stderr.write(`${what}\n`);

if (!existsSync(resolve(root, 'node_modules/typescript'))) {
  say('Installing packages and building: about half a minute.');
  npm('ci', '--no-audit', '--no-fund');
} else {
  say('Building: some seconds.');
  step(process.execPath, [resolve(root, 'scripts/build.mjs')], { cwd: root });
}
// Paths on the command line are the user's, seen from where npm was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
step(process.execPath, [resolve(root, 'bin/slatewise.mjs'), 'demo', ...process.argv.slice(2)], { cwd });
