// A Redis for tests, benchmarks and trying out replicas, as replicas need it: with an append-only file that is on disk before it answers.
//   node scripts/redis.mjs install          installs redis-server from Debian's packages, where there is none
//   node scripts/redis.mjs                  starts one on a free port, prints its address, and ends it on Ctrl-C
//   node scripts/redis.mjs <command> ...    runs a command with that address in SLATEWISE_REDIS_URL, and ends both
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const given = process.argv.slice(2);
install();
if (given[0] !== 'install') process.exitCode = await serve(given);

function install() {
  if (spawnSync('redis-server', ['--version']).status === 0) return;
  const refuse = (found) => {
    process.stderr.write(`redis: expected redis-server, found none, and ${found}; install it as your system does\n`);
    process.exit(1);
  };
  if (process.getuid?.() !== 0) refuse('only root may install it');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
  ]) {
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) refuse(`apt-get ${args[0]} does not work here`);
  }
}

async function serve([command, ...args]) {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const redis = spawn('redis-server', [...options, '--appendonly', 'yes', '--appendfsync', 'always'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C is for the command; it ends after it.
    detached: true,
  });
  const ended = once(redis, 'exit');
  try {
    for await (const text of redis.stdout) if (String(text).includes('Ready to accept connections')) break;
    if (command === undefined) {
      process.stdout.write(`${url}\n`);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), ended]);
      return 0;
    }
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, SLATEWISE_REDIS_URL: url } });
    process.on('SIGINT', () => undefined);
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } finally {
    redis.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
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
