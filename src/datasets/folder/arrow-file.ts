import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  Field,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  type Vector,
} from 'apache-arrow';
import { openFileStream } from '../../files/file-stream.ts';
import { InputError } from '../../slate/input-error.ts';

export type Columns = Readonly<Record<string, Vector>>;

/** Writes an Arrow IPC file one record batch at a time. Rejects with the system's error, which names the file, where it cannot be written. */
export interface ArrowFileWriter {
  write(columns: Columns): Promise<void>;
  close(): Promise<void>;
}

/** Gives a new file to `fill`, and closes it however that ends. */
export async function writeArrowFile<T>(path: string, fill: (writer: ArrowFileWriter) => Promise<T>): Promise<T> {
  const writer = await createArrowFileWriter(path);
  try {
    return await fill(writer);
  } finally {
    await writer.close();
  }
}

export async function createArrowFileWriter(path: string): Promise<ArrowFileWriter> {
  const writer = new RecordBatchFileWriter();
  const file = await openFileStream(path);
  writer.toNodeStream().pipe(file.stream);
  let schema: Schema | undefined;
  return {
    async write(columns) {
      const table = new Table(columns);
      schema ??= table.schema;
      for (const batch of table.batches) writer.write(withSchema(batch, schema));
      // Lets the stream drain: a writer faster than the disk would hold the whole file in memory.
      await new Promise((resolve) => setImmediate(resolve));
      await file.ready();
    },
    async close() {
      writer.close();
      await file.written();
    },
  };
}

/** Record batches of one file must share one schema object; nullability inferred per batch may differ. */
function withSchema(batch: RecordBatch, schema: Schema): RecordBatch {
  const fields = schema.fields.map((field) => new Field(field.name, field.type, true));
  const data = makeData({
    type: new Struct(fields),
    length: batch.numRows,
    nullCount: 0,
    children: batch.data.children,
  });
  return new RecordBatch(new Schema(fields), data);
}

/** Streams the record batches of an Arrow IPC file. Throws `InputError` where there is no whole one. */
export async function* readArrowFile(path: string): AsyncGenerator<RecordBatch> {
  await checkArrowFile(path);
  try {
    const reader = await RecordBatchReader.from(createReadStream(path, { highWaterMark: 1 << 20 }));
    yield* reader as AsyncIterable<RecordBatch>;
  } catch (error) {
    throw damaged(path, (error as Error).message);
  }
}

const MAGIC = 'ARROW1';

/** Looks at both ends of a file: a copy that stopped in the middle has only the first. The reader itself would take a missing file for an empty one. */
export async function checkArrowFile(path: string): Promise<void> {
  const file = await open(path).catch(() => {
    throw damaged(path, 'there is no such file');
  });
  try {
    const { size } = await file.stat();
    const ends = Buffer.alloc(2 * MAGIC.length);
    await file.read(ends, 0, MAGIC.length, 0);
    await file.read(ends, MAGIC.length, MAGIC.length, Math.max(0, size - MAGIC.length));
    if (ends.toString('latin1') !== MAGIC + MAGIC) throw damaged(path, `its ${size} bytes are not a whole one`);
  } finally {
    await file.close();
  }
}

const damaged = (path: string, found: string): InputError =>
  new InputError(
    `${path}: expected an Arrow file of a data set, found a damaged data set (${found}); import the log again`,
    'dataset-damaged',
  );
