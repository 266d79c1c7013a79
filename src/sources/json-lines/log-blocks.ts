import { type BlockWriter, createBlockWriter } from '../blocks/block-writer.ts';
import type { EventBlock, IdCodes } from '../blocks/event-block.ts';
import { writeRecord } from '../blocks/record-blocks.ts';
import type { SourceOptions, SourceRecord } from '../event-source.ts';
import { createLineScanner, type LineScanner } from './line-scanner.ts';

/** Lists of a block, and its lines. */
const LISTS = 4096;
const LINES = 4 * LISTS;

export interface NumberedLine {
  readonly bytes: Buffer;
  readonly line: number;
}

/** Lines of a log as blocks; `read` judges those that are not of the common form. What came before an error is given before it is thrown. */
export async function* blocksOfLines(
  lines: AsyncIterable<readonly NumberedLine[]>,
  {
    codes,
    options,
    read,
  }: { readonly codes: IdCodes; readonly options: SourceOptions; readonly read: (line: NumberedLine) => SourceRecord },
): AsyncGenerator<EventBlock> {
  const scanner = createLineScanner(codes, options.firstPosition);
  const writer = createBlockWriter(LISTS, codes);
  let count = 0;
  let failure: unknown;
  try {
    for await (const some of lines) {
      for (const each of some) {
        if (!writeScanned(writer, scanner, each)) writeRecord(writer, read(each));
        if (++count < LINES && writer.lists < LISTS) continue;
        yield writer.finish();
        count = 0;
      }
    }
  } catch (error) {
    failure = error;
  }
  if (count > 0) yield writer.finish();
  if (failure !== undefined) throw failure;
}

function writeScanned(writer: BlockWriter, scanner: LineScanner, { bytes, line }: NumberedLine): boolean {
  const kind = scanner.scan(bytes);
  if (kind === undefined) return false;
  const origin = { raw: () => bytes.toString('latin1'), place: () => undefined };
  if (kind === 'list') {
    scanner.draft.line = line;
    writer.putList(scanner.draft, bytes.length, { ...origin, isWhole: false, lastLine: line });
  } else writer.putInteraction({ ...scanner.interaction, line }, origin);
  return true;
}
