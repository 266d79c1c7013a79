/** Numbers end to end as bytes: whole ones take as many as they need, others eight. */

/** Where the next number goes; grows as it must. */
export interface ByteWriter {
  bytes: Uint8Array;
  view: DataView;
  at: number;
}

/** Where the next number is read. */
export interface ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

export function createByteWriter(room = 4096): ByteWriter {
  const bytes = new Uint8Array(room);
  return { bytes, view: new DataView(bytes.buffer), at: 0 };
}

export const createByteReader = (bytes: Uint8Array): ByteReader => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  at: 0,
});

/** Makes sure that so many bytes more have room. */
export function reserve(writer: ByteWriter, more: number): void {
  if (writer.at + more <= writer.bytes.length) return;
  const larger = new Uint8Array(Math.max(writer.at + more, 2 * writer.bytes.length));
  larger.set(writer.bytes.subarray(0, writer.at));
  writer.bytes = larger;
  writer.view = new DataView(larger.buffer);
}

/** The most bytes that one number takes. */
export const MOST_BYTES = 8;

/** A whole number from 0, below 2^53. There must be room. */
export function writeWhole(writer: ByteWriter, value: number): void {
  const { bytes } = writer;
  let rest = value;
  while (rest >= 0x80000000) {
    bytes[writer.at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  while (rest > 127) {
    bytes[writer.at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[writer.at++] = rest;
}

export function readWhole(reader: ByteReader): number {
  const { bytes } = reader;
  let byte = bytes[reader.at++];
  if (byte < 128) return byte;
  let value = byte & 127;
  for (let scale = 128; ; scale *= 128) {
    byte = bytes[reader.at++];
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    if (byte === undefined) throw new RangeError('expected another byte of a number, found the end');
  }
}

/** A whole number, negative ones too. */
export const writeSigned = (writer: ByteWriter, value: number): void =>
  writeWhole(writer, value >= 0 ? 2 * value : -2 * value - 1);

export function readSigned(reader: ByteReader): number {
  const value = readWhole(reader);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

export function writeDouble(writer: ByteWriter, value: number): void {
  writer.view.setFloat64(writer.at, value, true);
  writer.at += 8;
}

export function readDouble(reader: ByteReader): number {
  const value = reader.view.getFloat64(reader.at, true);
  reader.at += 8;
  return value;
}
