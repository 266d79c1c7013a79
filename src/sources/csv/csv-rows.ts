import { CsvError, type Options, parse } from 'csv-parse';
import { InputError } from '../../slate/input-error.ts';
import { firstChunk, openBytes, readFailure } from '../open-bytes.ts';
import { watchFiles } from '../unchanged-files.ts';
import { delimiterOf } from './delimiter.ts';

/** A row: the line on which it ends, and its texts in the order of the columns. */
export interface CsvRow {
  readonly line: number;
  readonly texts: readonly string[];
}

/** How every table is read; a row may have fewer or more texts than there are columns. */
export const CSV_OPTIONS: Options = { bom: true, relax_column_count: true, skip_empty_lines: true };

/** The rows of a table, plain or gzipped, the names of the columns first. Memory does not grow with the file. Throws `InputError` where it cannot be read. */
export async function* readCsvRows(path: string): AsyncGenerator<CsvRow> {
  let line = 0;
  try {
    const watched = await watchFiles([path]);
    const bytes = await openBytes(path);
    const head = (await firstChunk(bytes))?.toString('utf8') ?? '';
    const delimiter = delimiterOf(head.split('\n', 1)[0]) ?? ',';
    const parser = parse({ ...CSV_OPTIONS, delimiter, info: true });
    bytes.on('error', (error) => parser.destroy(error));
    for await (const { record, info } of bytes.pipe(parser)) {
      line = info.lines;
      yield { line, texts: record };
    }
    await watched.check();
  } catch (error) {
    if (!(error instanceof CsvError)) throw readFailure(error, path, line);
    throw new InputError(
      `${path}: expected CSV, could not read what follows line ${line}: ${error.message}; put texts with quotes or line breaks in quotes`,
      'file-damaged',
    );
  }
}
