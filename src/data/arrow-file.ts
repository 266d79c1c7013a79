import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
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

export type Columns = Readonly<Record<string, Vector>>;

/** Writes an Arrow IPC file one record batch at a time. */
export interface ArrowFileWriter {
  write(columns: Columns): Promise<void>;
  close(): Promise<void>;
}

export function createArrowFileWriter(path: string): ArrowFileWriter {
  const writer = new RecordBatchFileWriter();
  const file = createWriteStream(path);
  writer.toNodeStream().pipe(file);
  let schema: Schema | undefined;
  return {
    async write(columns) {
      const table = new Table(columns);
      schema ??= table.schema;
      for (const batch of table.batches) writer.write(withSchema(batch, schema));
      // Lets the stream drain: a writer faster than the disk would hold the whole file in memory.
      if (file.writableNeedDrain) await once(file, 'drain');
      else await new Promise((resolve) => setImmediate(resolve));
    },
    async close() {
      writer.close();
      await finished(file);
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

/** Streams the record batches of an Arrow IPC file. */
export async function* readArrowFile(path: string): AsyncGenerator<RecordBatch> {
  const reader = await RecordBatchReader.from(createReadStream(path, { highWaterMark: 1 << 20 }));
  yield* reader as AsyncIterable<RecordBatch>;
}
