/** Imports the first share of a log, then adds the rest share by share, until it is killed. What it does is told on standard output. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLog } from '../src/datasets/import/append-log.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { withBlocks } from '../src/sources/blocks/event-block.ts';
import type { EventSource } from '../src/sources/event-source.ts';
import { jsonLinesSource } from '../src/sources/json-lines/event-log.ts';
import { readLogBlocks } from '../src/sources/json-lines/log-blocks.ts';

const [folder, out, shares, pieceSize] = process.argv.slice(2);
for (let share = 1; share <= Number(shares); share++) {
  process.stdout.write(`begin ${share}\n`);
  // Each log has all that was there up to its end.
  const log = logIn(join(folder, `log-${share}.jsonl`));
  const isThere = await access(join(out, 'import.json')).then(
    () => true,
    () => false,
  );
  if (isThere) await appendLog(log, out);
  else await importLog(log, out);
}

/** With a size of pieces it is read on threads. */
function logIn(path: string): string | EventSource {
  if (pieceSize === undefined) return path;
  return withBlocks({ ...jsonLinesSource(path) }, (codes, options) =>
    readLogBlocks(path, codes, { ...options, pieceSize: Number(pieceSize), workers: 2 }),
  );
}
