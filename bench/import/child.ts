/** Imports one log by the built code of a clone and tells what it took: a process of its own, so that its memory is its own. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { importLog } from '../../src/datasets/import/import-log.ts';
import type { tableSource } from '../../src/sources/open-source.ts';
import type { ShownColumns } from '../../src/sources/tables/table-columns.ts';

const [clone, log, out, columns] = process.argv.slice(2);
const load = (path: string): Promise<unknown> => import(pathToFileURL(join(clone, 'dist', path)).href);
const { importLog: runImport } = (await load('datasets/import/import-log.js')) as { importLog: typeof importLog };
const { tableSource: open } = (await load('sources/open-source.js')) as { tableSource: typeof tableSource };
const source = columns === undefined ? log : await open(log, { columns: JSON.parse(columns) as ShownColumns });
const before = { time: performance.now(), cpu: process.cpuUsage() };
const { lists, rejected } = await runImport(source, out);
const seconds = (performance.now() - before.time) / 1000;
const { user, system } = process.cpuUsage(before.cpu);
const mostMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ lists, rejected, seconds, cpuSeconds: (user + system) / 1e6, mostMiB }));
