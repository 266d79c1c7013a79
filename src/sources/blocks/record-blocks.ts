import { inShownOrder } from '../../slate/shown-order.ts';
import type { SourceRecord } from '../event-source.ts';
import { openImpression } from '../join/joined.ts';
import { type BlockWriter, createBlockWriter, type Origin } from './block-writer.ts';
import type { EventBlock, IdCodes } from './event-block.ts';

/** Records in a block. */
const TOGETHER = 4096;

/** Records of a source, some thousand at once, as blocks; of none that says when its interactions were joined before. */
export async function* blocksOfRecords(
  records: AsyncIterable<SourceRecord>,
  codes: IdCodes,
): AsyncGenerator<EventBlock> {
  const writer = createBlockWriter(TOGETHER, codes);
  let count = 0;
  let failure: unknown;
  try {
    for await (const record of records) {
      writeRecord(writer, record);
      if (++count % TOGETHER === 0) yield writer.finish();
    }
  } catch (error) {
    failure = error;
  }
  // What came before an error counts: it may be why there was one.
  if (count % TOGETHER > 0) yield writer.finish();
  if (failure !== undefined) throw failure;
}

const originOf = ({ raw, place }: SourceRecord): Origin => ({ raw: () => raw, place: () => place });

export function writeRecord(writer: BlockWriter, record: SourceRecord, origin: Origin = originOf(record)): void {
  const { line, raw } = record;
  if ('reason' in record) writer.addOther(record);
  else if (record.event.event === 'ranking')
    writer.addList(openImpression(inShownOrder(record.event), line), raw.length, origin);
  else if (record.event.event === 'interaction') writer.addInteraction(record.event, line, origin);
  else writer.addOther(record);
}
