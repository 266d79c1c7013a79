import { rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { replaceFolder } from '../../files/output-folder.ts';
import { checkFile, checkOutputs, refuseInside } from '../../files/outputs.ts';
import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';
import type { EventSource } from '../../sources/event-source.ts';
import { jsonLinesSource } from '../../sources/json-lines/event-log.ts';
import { createRejects } from '../../sources/rejects.ts';
import type { ImportSummary } from '../folder/import-summary.ts';
import { buildDataset } from './build-dataset.ts';
import { checkImportOptions } from './check-import-options.ts';
import { createFacts } from './import-facts.ts';
import { factsOfImpression } from './list-facts.ts';
import type { ImportOptions } from './read-log.ts';
import { joinOptionsOf, readLog } from './read-log.ts';

/**
 * Reads an event log (a path, or any source of events), joins clicks to lists and writes a data set folder (Arrow IPC files, schema and counts). The folder appears only when it is complete, and
 * replaces none but a data set; rejected lines are kept in its `rejected.jsonl` with their line number and reason (the first 1,000 of every reason), or in `<folder>.rejected.jsonl` when the log
 * cannot be imported at all.
 */
export async function importLog(
  log: string | EventSource,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  checkImportOptions(options, 'importLog');
  await refuseInside(folder);
  const source = sourceOf(log, 'importLog');
  const kept = rejectedBeside(folder);
  await checkFile(kept, REJECTED_LINES);
  return replaceFolder(folder, DATASET_FOLDER, async (building) => {
    const rejectedPath = join(building, 'rejected.jsonl');
    const rejects = await createRejects(rejectedPath);
    try {
      // Only what is added may be nothing.
      return (await buildDataset(source, building, { ...options, rejects })) as ImportSummary;
    } catch (error) {
      await rejects.close();
      if (!(error instanceof InputError) || rejects.count === 0 || options.keepsRejected === false) throw error;
      await rename(rejectedPath, kept);
      throw new InputError(`${error.message}; the rejected lines are kept in ${kept}`, error.code);
    } finally {
      await rejects.close();
    }
  });
}

/** Where the rejected lines of a log are kept that cannot be imported at all. */
export const rejectedBeside = (folder: string): string => `${resolve(folder)}.rejected.jsonl`;

/** Reads and judges a whole log without writing anything but, if wanted, its rejected lines. */
export async function validateLog(
  log: string | EventSource,
  options: ImportOptions & { readonly rejectedPath?: string } = {},
): Promise<ImportSummary & { readonly firstRejected?: string }> {
  checkImportOptions(options, 'validateLog');
  const source = sourceOf(log, 'validateLog');
  if (options.rejectedPath !== undefined) {
    await checkOutputs([{ path: options.rejectedPath, file: REJECTED_LINES }], {
      inputs: typeof log === 'string' ? [log] : [],
      note: () => undefined,
    });
  }
  const rejects = await createRejects(options.rejectedPath);
  const facts = createFacts({ ...joinOptionsOf(options), firstPosition: options.firstPosition ?? 0 });
  try {
    const pass = await readLog(source, options, {
      rejects,
      onImpression: async (impression) => facts.observe(factsOfImpression(impression)),
      onMetadata: async (kind, row) => facts.metadata(kind, row),
    });
    facts.finish(pass);
  } catch (error) {
    await rejects.close();
    // A file that cannot be read at all leaves no empty one behind.
    if (rejects.count === 0) await removeFile(options.rejectedPath);
    throw error;
  } finally {
    await rejects.close();
  }
  const { first } = rejects;
  return { ...facts.summary(source.name, rejects), ...(first === '' ? {} : { firstRejected: first }) };
}

/** A device or a pipe stays. */
async function removeFile(path: string | undefined): Promise<void> {
  if (path !== undefined && (await stat(path)).isFile()) await rm(path);
}

/** Throws `InputError` for what is neither. */
export function sourceOf(log: string | EventSource, call: string): EventSource {
  if (typeof log === 'string') return jsonLinesSource(log);
  checkArgument(log, call, SOURCE);
  return log;
}

const SOURCE: ArgumentForm = {
  expected: 'the path of a log, or a source of events',
  remedy: 'inMemorySource, csvSource and jsonLinesSource make such',
  isSound: (log) => typeof (log as { readonly records?: unknown } | null | undefined)?.records === 'function',
};
