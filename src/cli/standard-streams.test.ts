import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const MAIN = resolve(import.meta.dirname, 'main.ts');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A line of the shell in an empty folder, with `slatewise` the program from source. */
async function shell(line: string): Promise<Ended> {
  const cwd = await mkdtemp(join(tmpdir(), 'streams-'));
  const script = `slatewise() { "${process.execPath}" --import "${import.meta.resolve('tsx')}" "${MAIN}" "$@"; }\n${line}`;
  return new Promise((done) => {
    execFile('bash', ['-c', script], { cwd }, (error, out, err) => done({ code: Number(error?.code ?? 0), out, err }));
  });
}

it
  .skipIf(!existsSync('/dev/full'))
  .each(['--help', 'train --show-config', 'simulate --impressions 20 --out s.jsonl --json'])(
  '%s onto a full disk ends with one sentence',
  async (line) => {
    const { code, err } = await shell(`slatewise ${line} > /dev/full`);
    expect(err).toBe(
      'error: standard output: expected room for the file, found a full disk (ENOSPC); make room and start again\n',
    );
    expect(code).toBe(1);
  },
);

it.skipIf(process.platform === 'win32').each(['--help', 'train --show-config'])(
  '%s into a closed pipe ends quietly',
  async (line) => {
    // A reader that has gone before anything is written.
    const { out, err } = await shell(`{ sleep 0.2; slatewise ${line}; echo $? > code; } | true; cat code`);
    expect([out, err]).toEqual(['0\n', '']);
  },
);

it.skipIf(!existsSync('/dev/full'))('notes that cannot be written stop no work', async () => {
  const { code, out } = await shell('slatewise train --show-config --config none.json 2> /dev/full; echo $?');
  expect([code, out]).toEqual([0, '2\n']);
});
