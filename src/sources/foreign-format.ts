/** Files that are no event log, told by their first bytes, and what to do with each. */
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CSV_OPTIONS } from './csv/csv-rows.ts';
import { delimiterOf } from './csv/delimiter.ts';
import { NEEDED, writeColumnMap } from './tables/column-map.ts';
import { proposeColumns } from './tables/propose-columns.ts';

/** Kinds of file by the bytes that they begin with. */
const BEGINNINGS: readonly (readonly [string, string, (path: string) => string])[] = [
  ['PAR1', 'a Parquet file', fromParquet],
  [
    'ARROW1',
    'an Arrow file',
    () => 'write it as CSV with a row for every shown item, then import that with --map (csvSource in a program)',
  ],
  [
    'SQLite format 3\0',
    'an SQLite database',
    () =>
      'write a table of it as CSV with a row for every shown item, then import that with --map (csvSource in a program)',
  ],
  ['PK\u0003\u0004', 'an Excel sheet or a ZIP archive', () => 'save the sheet as CSV, or unpack the archive'],
  ['\u00d0\u00cf\u0011\u00e0', 'an Excel sheet', () => 'save it as CSV'],
  ['(\u00b5/\u00fd', 'a file packed by zstd', () => 'unpack it first, or pack it with gzip'],
  ['BZh', 'a file packed by bzip2', () => 'unpack it first, or pack it with gzip'],
];

/** Rows that a guess of the columns is made from. */
const SAMPLE = 200;

/** One sentence about a file that is no event log of JSON lines: what it is and what to do; undefined where nothing speaks against one. `head`: the first bytes, unpacked. */
export function foreignFormat(head: Buffer, path: string): string | undefined {
  const expected = `${path}: expected an event log of JSON lines, found`;
  const bytes = head.subarray(0, 32).toString('latin1');
  for (const [beginning, name, remedy] of BEGINNINGS)
    if (bytes.startsWith(beginning)) return `${expected} ${name}; ${remedy(path)}`;
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (/^\s*\[\s*\{/.test(text))
    return `${expected} one JSON array; write each of its objects on a line of its own: jq -c '.[]' ${path} > ${stem(path)}.jsonl`;
  if (/^\s*\{\s*\r?\n/.test(text))
    return `${expected} JSON that goes over several lines; write each object on a line of its own: jq -c . ${path} > ${stem(path)}.jsonl`;
  const table = tableIn(text);
  return table && `${expected} a CSV file with the columns ${table[0].join(', ')}; ${fromCsv(table, path)}`;
}

function fromParquet(path: string): string {
  const named = `${stem(path)}.parquet`;
  return `import it into a data set first; under a name that ends in .parquet npx slatewise import ${named} --guess says how (tableSource in a program)`;
}

function fromCsv([header, ...rows]: readonly (readonly string[])[], path: string): string {
  const map = proposeColumns(header, rows);
  const missing = NEEDED.filter((role) => map[role] === undefined);
  const whole = { ...map, ...Object.fromEntries(missing.map((role) => [role, `<${role}>`])) };
  const positions =
    map.position === undefined ? [] : rows.map((row) => Number(row[header.indexOf(map.position ?? '')]));
  const fromOne = positions.length > 0 && !positions.includes(0) && positions.includes(1);
  const out = path === '-' ? 'data/mine' : `data/${stem(path)}`;
  const command = `npx slatewise import ${quoted(path)} --map ${quoted(writeColumnMap(whole))}${fromOne ? ' --first-position 1' : ''} --out ${quoted(out)}`;
  return missing.length === 0
    ? `if it has a row for every shown item, this reads it: ${command}`
    : `say which column holds what, ${missing.join(', ')} could not be guessed: ${command}`;
}

/** The names and the first rows of a table; undefined for a text that is no table. */
function tableIn(text: string): readonly (readonly string[])[] | undefined {
  const [first = ''] = text.split('\n', 1);
  const delimiter = delimiterOf(first);
  if (delimiter === undefined || /^\s*[{[]/.test(first)) return undefined;
  // The last line may be cut.
  const end = text.lastIndexOf('\n') + 1 || text.length;
  try {
    const rows: string[][] = parse(text.slice(0, end), { ...CSV_OPTIONS, delimiter, to: SAMPLE });
    const [header, ...others] = rows;
    const isTable =
      others.length > 0 &&
      others.filter(({ length }) => length === header.length).length > 0.9 * others.length &&
      new Set(header).size === header.length;
    return isTable ? rows : undefined;
  } catch {
    return undefined;
  }
}

const stem = (path: string): string => basename(path).replace(/\..*$/, '') || 'mine';

/** As a shell reads it back. */
const quoted = (text: string): string => (/^[\w./=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
