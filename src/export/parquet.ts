/** Rows to a Parquet file, some thousands at a time. */
import { ParquetWriter } from 'hyparquet-writer';
import { fileWriter } from 'hyparquet-writer/src/node.js';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** What a column holds: `text` is UTF-8, `time` epoch milliseconds as a 64-bit number. */
export type ParquetType = 'whole' | 'number' | 'text' | 'time' | 'wholes' | 'numbers' | 'texts';

/** A column's name, its type, and its value of a row. */
export interface ParquetColumn<Row> {
  readonly name: string;
  readonly type: ParquetType;
  readonly value: (row: Row) => number | string | readonly number[] | readonly string[];
}

/** Rows of one group: they are held as columns until it is written. */
const GROUP = 20_000;

/** Every value is there. `rows` is walked once. */
export async function writeParquet<Row>(
  path: string,
  columns: readonly ParquetColumn<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.flatMap(schemaOf)];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema, createdBy: 'slatewise' });
  let group: Row[] = [];
  const flush = async (): Promise<void> => {
    const columnData = columns.map(({ name, type, value }) => ({
      name,
      data: type === 'time' ? group.map((row) => BigInt(value(row) as number)) : group.map(value),
    }));
    if (group.length > 0) await writer.write({ columnData, rowGroupSize: GROUP });
    group = [];
  };
  for (const row of rows) {
    group.push(row);
    if (group.length === GROUP) await flush();
  }
  await flush();
  await writer.finish();
}

const ELEMENTS = {
  whole: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  time: { type: 'INT64' },
} as const;
const OF_LIST = { wholes: 'whole', numbers: 'number', texts: 'text' } as const;

/** A list is three elements deep in Parquet. */
function schemaOf<Row>({ name, type }: ParquetColumn<Row>): readonly SchemaElement[] {
  if (type === 'whole' || type === 'number' || type === 'text' || type === 'time')
    return [{ name, repetition_type: 'REQUIRED', ...ELEMENTS[type] }];
  return [
    { name, converted_type: 'LIST', num_children: 1, repetition_type: 'REQUIRED' },
    { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
    { name: 'element', repetition_type: 'REQUIRED', ...ELEMENTS[OF_LIST[type]] },
  ];
}
