/** A PostgreSQL of a test's own, which may be killed. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface PostgresServer {
  readonly url: string;
  /** Connections are cut at once. */
  end(): Promise<void>;
}

const SCRIPT = resolve(import.meta.dirname, '../scripts/postgres.mjs');

interface Script {
  startPostgres(): Promise<PostgresServer>;
  postgresPrograms(): string | undefined;
}

const script = async (): Promise<Script> => (await import(pathToFileURL(SCRIPT).href)) as Script;

/** Whether tests with PostgreSQL run. `SLATEWISE_POSTGRES=must`: a missing one is an error, so that nobody takes a test for passed that did not run. */
export async function hasPostgres(): Promise<boolean> {
  const isThere =
    (await script()).postgresPrograms() !== undefined &&
    (process.getuid?.() !== 0 || spawnSync('id', ['-u', 'postgres']).status === 0);
  if (!isThere && process.env.SLATEWISE_POSTGRES === 'must')
    throw new Error('tests: expected PostgreSQL, found none; node scripts/postgres.mjs install');
  if (!isThere) process.stderr.write('skipped: tests of PostgreSQL, as there is none (scripts/postgres.mjs)\n');
  return isThere;
}

export const startPostgres = async (): Promise<PostgresServer> => (await script()).startPostgres();
