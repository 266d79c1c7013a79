import { dirname } from 'node:path';
import { type FileKind, firstLine } from '../files/file-kinds.ts';
import { openFileStream } from '../files/file-stream.ts';
import { makeFolder } from '../files/make-folder.ts';
import { refuseInside } from '../files/outputs.ts';
import { type ArgumentForm, checkArgument, checkOptionsArgument } from '../slate/check-argument.ts';
import { eventToJson } from '../slate/event-to-json.ts';
import type { SimulatedRow, TruthHeader } from './simulate.ts';
import { START } from './world.ts';

/** No log of a real shop begins with an item of just this moment. */
export const SIMULATED_LOG: FileKind = {
  name: 'a simulated log',
  isOurs: (head) => {
    const { event, timestamp } = firstLine(head);
    return event === 'item' && timestamp === START - 1000;
  },
};

export const TRUTH_FILE: FileKind = {
  name: 'the truth of a simulated log',
  isOurs: (head) => {
    const { simulation, list, items } = firstLine(head);
    return simulation !== undefined || (list !== undefined && items !== undefined);
  },
};

export interface WriteSimulationOptions {
  /** Gzipped where the name ends in .gz. */
  readonly log: string;
  readonly truth?: string;
  /** What was simulated: the first line of the truth. */
  readonly header?: TruthHeader;
  readonly onProgress?: (lists: number) => void;
}

export interface SimulationCounts {
  readonly lists: number;
  readonly shownItems: number;
  readonly clicks: number;
}

const ROWS: ArgumentForm = {
  expected: 'the rows of a simulation',
  remedy: 'give what simulate or simulateDrinks returns',
  isSound: (rows) => typeof rows === 'object' && rows !== null && Symbol.iterator in rows,
};

/** Writes a simulation as an event log and, if wanted, its truth, one JSON object per line. */
export async function writeSimulation(
  rows: Iterable<SimulatedRow>,
  options: WriteSimulationOptions,
): Promise<SimulationCounts> {
  checkArgument(rows, 'writeSimulation', ROWS);
  checkOptionsArgument(options, 'writeSimulation');
  const { log, truth, header, onProgress } = options;
  await refuseInside(log);
  if (truth !== undefined) await refuseInside(truth);
  const logFile = await openLines(log);
  const truthFile = truth === undefined ? undefined : await openLines(truth);
  if (header) await truthFile?.write(header);
  const counts = { lists: 0, shownItems: 0, clicks: 0 };
  for (const row of rows) {
    if ('truth' in row) {
      await truthFile?.write(row.truth);
      continue;
    }
    const { event } = row;
    if (event.event === 'interaction') counts.clicks++;
    if (event.event === 'ranking') {
      counts.lists++;
      counts.shownItems += event.items.length;
      if (counts.lists % 500 === 0) onProgress?.(counts.lists);
    }
    await logFile.write(eventToJson(event));
  }
  await Promise.all([logFile.close(), truthFile?.close()]);
  return counts;
}

interface LineFile {
  write(value: unknown): Promise<void>;
  close(): Promise<void>;
}

async function openLines(path: string): Promise<LineFile> {
  await makeFolder(dirname(path));
  const file = await openFileStream(path, { gzip: path.endsWith('.gz') });
  return {
    async write(value) {
      if (!file.stream.write(`${JSON.stringify(value)}\n`)) await file.ready();
    },
    async close() {
      file.stream.end();
      await file.written();
    },
  };
}
