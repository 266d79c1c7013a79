// `slatewise page` of the build, in a process of its own: for pictures and measurements of it.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../bin/slatewise.mjs');

/** Where it answers, once it does; who started it ends it. */
export async function startPage(folder, args = []) {
  const child = spawn(process.execPath, [program, 'page', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let notes = '';
  const url = await new Promise((found, reject) => {
    child.stderr.on('data', (text) => {
      notes += text;
      const [, at] = / on (http:\S+)\/lists/.exec(notes) ?? [];
      if (at !== undefined) found(at);
    });
    child.once('exit', () => reject(new Error(`slatewise page: expected its address, found ${notes}`)));
  });
  return { child, url };
}
