/**
 * The article's finding, looked for: does a second task (Triplet, ListNet) cure a self-attention list scorer that overfits on clicks alone, and where?
 *
 *     npx tsx bench/article.ts --ranklens events.jsonl [--cells base,rate-0.01] [--until 07:30]
 *
 * The cells are in article/plan.ts, first those that say most. Finished trainings and cells are kept in the folder: an interrupted run goes on where it was, and every finished cell is in the result file.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MeasuredCell } from './article/cell-row.ts';
import { readCurves } from './article/curves.ts';
import { measureCell, runsFolder, seedsOf, type TestedCell } from './article/measure-cell.ts';
import { cells } from './article/plan.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    ranklens: { type: 'string', default: 'events.jsonl' },
    /** Of the plan; all where left out. */
    cells: { type: 'string' },
    /** Minutes after which no further cell is begun. */
    minutes: { type: 'string', default: '1000000' },
    workers: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'runs/article' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});
const started = new Date();
const machine = thisMachine();
const wanted = options.cells?.split(',');
const unknown = wanted?.find((name) => cells.every((cell) => cell.name !== name));
if (unknown !== undefined) throw new Error(`--cells: expected names of article/plan.ts, found "${unknown}"`);

await mkdir(join(options.folder, 'cells'), { recursive: true });
await mkdir(options.out, { recursive: true });
const file = join(options.out, `article-${resultName(started, machine)}.json`);
const measured: MeasuredCell[] = [];
for (const cell of cells) {
  if (wanted && !wanted.includes(cell.name)) continue;
  const path = join(options.folder, 'cells', `${cell.name}.json`);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  const isLate = Date.now() - started.getTime() > 60_000 * Number(options.minutes);
  if (kept === undefined && isLate) continue;
  process.stderr.write(`${cell.name}${kept === undefined ? '' : ': kept'}\n`);
  const one: TestedCell =
    kept === undefined ? await measureCell(cell, { ...options, workers: Number(options.workers) }) : JSON.parse(kept);
  if (kept === undefined) await writeFile(path, JSON.stringify(one));
  const recipes = cell.configs.map(({ recipe }) => recipe);
  const curves = await readCurves({ folder: runsFolder(cell, options.folder), recipes, seeds: seedsOf(cell) });
  measured.push({ ...one, rows: one.rows.map((row, at) => ({ ...row, ...curves[at] })) });
  const result = { started: started.toISOString(), machine, commit: commitNow(), cells: measured };
  await writeFile(file, `${JSON.stringify(result)}\n`);
}
process.stderr.write(`${measured.length} of ${cells.length} cells written to ${file}\n`);
