// A PostgreSQL for tests and for trying out imports.
//   node scripts/postgres.mjs install          installs it from Debian's packages, where there is none
//   node scripts/postgres.mjs                  starts one on a free port, prints its address, and ends it on Ctrl-C
//   node scripts/postgres.mjs <command> ...    runs a command with that address in SLATEWISE_POSTGRES_URL, and ends both
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian keeps its programs; elsewhere they are on the path. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of `initdb` and `postgres`; undefined where there is none. */
export function postgresPrograms() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  for (const folder of [...versions.map((version) => join(DEBIAN, version, 'bin')), ''])
    if (spawnSync(join(folder, 'postgres'), ['--version']).status === 0) return folder;
  return undefined;
}

/** PostgreSQL does not run as root: there it runs as the user that its package made. */
function owner() {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Starts a server with a new, empty database on a free port; `end` stops it at once and removes what it wrote. */
export async function startPostgres() {
  const programs = postgresPrograms();
  if (programs === undefined)
    throw new Error('postgres: expected PostgreSQL, found none; node scripts/postgres.mjs install');
  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  // Its working folder must be one that its user may enter.
  const as = { ...user, cwd: folder };
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'slatewise', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...as, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const options = ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'];
  // Ctrl-C is for the command; it ends after it.
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = once(server, 'exit');
  for await (const text of server.stderr) if (String(text).includes('ready to accept connections')) break;
  return {
    url: `postgres://slatewise@127.0.0.1:${port}/postgres`,
    ended,
    async end() {
      if (server.exitCode === null) server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function install() {
  if (postgresPrograms() !== undefined) return;
  const refuse = (found) => {
    process.stderr.write(`postgres: expected PostgreSQL, found none, and ${found}; install it as your system does\n`);
    process.exit(1);
  };
  if (process.getuid?.() !== 0) refuse('only root may install it');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'],
  ]) {
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) refuse(`apt-get ${args[0]} does not work here`);
  }
}

async function serve([command, ...args]) {
  const server = await startPostgres();
  try {
    if (command === undefined) {
      process.stdout.write(`${server.url}\n`);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), server.ended]);
      return 0;
    }
    const env = { ...process.env, SLATEWISE_POSTGRES_URL: server.url };
    const child = spawn(command, args, { stdio: 'inherit', env });
    process.on('SIGINT', () => undefined);
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } finally {
    await server.end();
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

if (process.argv[1] === import.meta.filename) {
  const given = process.argv.slice(2);
  install();
  if (given[0] !== 'install') process.exitCode = await serve(given);
}
