/** `slatewise serve` in a process of its own, from source: a test may kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterEach } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** What node runs, before the options of `serve`. */
export const SERVE: readonly string[] = [
  ...['--import', 'tsx', '-C', 'slatewise-source', join(ROOT, 'src/cli/main.ts'), 'serve'],
];

export interface ServeProcess {
  readonly url: string;
  /** What it has written: the log, and its notes. */
  readonly log: () => string;
  readonly notes: () => string;
  /** Sends a signal that does not end it. */
  send(signal: NodeJS.Signals): void;
  /** Its exit code; null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Resolves once it listens. What a test leaves running is killed. */
export async function serve(...args: readonly string[]): Promise<ServeProcess> {
  const child = spawn(process.execPath, [...SERVE, ...args, '--port', '0'], { cwd: ROOT });
  children.push(child);
  let log = '';
  let notes = '';
  child.stdout.on('data', (text) => {
    log += text;
  });
  child.stderr.on('data', (text) => {
    notes += text;
  });
  const url = await new Promise<string>((found, reject) => {
    child.stderr.on('data', () => {
      const [, at] = / on (http:\S+);/.exec(notes) ?? [];
      if (at !== undefined) found(at);
    });
    child.once('exit', (code) => reject(new Error(`exit code ${code}: ${notes}`)));
  });
  return {
    url,
    log: () => log,
    notes: () => notes,
    send: (signal) => void child.kill(signal),
    async end(signal) {
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code] = await exit;
      return code as number | null;
    },
  };
}
