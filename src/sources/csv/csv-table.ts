import { InputError } from '../../slate/input-error.ts';
import type { OpenTable, Table, TableRow } from '../tables/table.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';

/** A file of CSV or TSV, plain or gzipped, whose first line names the columns; `-` is standard input. All cells are texts; an empty one is no value. */
export const csvTable = (path: string): Table => ({
  name: path,
  async open(): Promise<OpenTable> {
    const rows = readCsvRows(path);
    const { done, value: header } = await rows.next();
    if (done) throw new InputError(`${path}: expected CSV, found an empty file; export at least one list`, 'no-lists');
    const { length } = header.texts;
    return {
      columns: header.texts.map((name) => ({ name, type: 'text' })),
      async *rows() {
        for await (const row of rows) yield checked(row, length);
      },
    };
  },
});

function checked({ line, texts }: CsvRow, length: number): TableRow {
  const row = { line, cells: texts };
  if (texts.length !== length)
    return {
      ...row,
      fault: {
        reason: 'bad-value',
        message: `expected ${length} columns in each row, found ${texts.length} on line ${line}`,
      },
    };
  if (texts.some((text) => text.includes('\uFFFD')))
    return {
      ...row,
      fault: { reason: 'broken-utf8', message: `expected UTF-8, found bytes on line ${line} that are not` },
    };
  return row;
}
