import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { cutTo } from '../../files/cut-to.ts';
import { EVENT_FILE } from '../../files/folder-kinds.ts';
import { crc32c } from './crc32c.ts';
import type { EpochLine, EpochSink } from './epoch-line.ts';

/** A file that TensorBoard reads: every value of an epoch as a scalar, the epoch as its step. */
export function eventFile(folder: string): EpochSink {
  const path = join(folder, EVENT_FILE);
  return {
    begin: ({ started, lines }) =>
      cutTo(path, Buffer.concat([record(versionEvent(started)), ...lines.map((line) => record(epochEvent(line)))])),
    add: (line) => appendFile(path, record(epochEvent(line))),
  };
}

/**
 * A TFRecord (tensorflow/core/lib/io/record_writer.h): the length in 8 bytes, its check in 4, the bytes, and their check; lowest byte first. A check is a CRC-32C, turned by
 * 15 bits with a constant added, so that a record that holds records is safe.
 */
function record(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const framed = Buffer.alloc(length + 16);
  framed.writeBigUInt64LE(BigInt(length), 0);
  framed.writeUInt32LE(maskedCheck(framed.subarray(0, 8)), 8);
  framed.set(bytes, 12);
  framed.writeUInt32LE(maskedCheck(bytes), length + 12);
  return framed;
}

function maskedCheck(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Event (tensorflow/core/util/event.proto): wall_time 1, file_version 3. Every file begins with one. */
const versionEvent = (time: string): Uint8Array => event(time).tag(3, BYTES).string('brain.Event:2').finish();

/** Event: wall_time 1, step 2, summary 5. Summary (summary.proto): value 1; its Value: tag 1, simple_value 2. What no float32 holds is left out. */
function epochEvent({ epoch, time, values }: EpochLine): Uint8Array {
  const writer = event(time).tag(2, VARINT).int64(epoch).tag(5, BYTES).fork();
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(Math.fround(value))) continue;
    writer.tag(1, BYTES).fork().tag(1, BYTES).string(name).tag(2, FLOAT).float(value).join();
  }
  return writer.join().finish();
}

/** Begun with its time in seconds since 1970. */
const event = (time: string | null): BinaryWriter =>
  new BinaryWriter().tag(1, DOUBLE).double(time === null ? 0 : Date.parse(time) / 1000);

/** Wire types: how many bytes a value has. */
const VARINT = 0;
const DOUBLE = 1;
const BYTES = 2;
const FLOAT = 5;
