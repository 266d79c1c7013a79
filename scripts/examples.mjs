// `npm run examples`: runs every program in examples, one after the other, from source.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const tsx = resolve(root, 'node_modules/tsx/dist/cli.mjs');

/** The server needs a model, which the first program leaves, and ends by itself when it is only tried. */
const FIRST = 'thirty-lines.ts';
const ARGUMENTS = { 'server.ts': ['models/restaurants', '--try'] };

const programs = readdirSync(resolve(root, 'examples')).filter((name) => name.endsWith('.ts'));
for (const program of [FIRST, ...programs.filter((name) => name !== FIRST)]) {
  process.stderr.write(`\n--- examples/${program}\n`);
  const { status } = spawnSync(
    process.execPath,
    [tsx, '-C', 'slatewise-source', `examples/${program}`, ...(ARGUMENTS[program] ?? [])],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
