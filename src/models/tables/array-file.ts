/** Named arrays of numbers with some JSON facts in one file: 8 bytes of header length, the header as JSON, then the arrays as little-endian float32. */
export interface ArrayFile<Facts> {
  readonly facts: Facts;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

const MAGIC = 'SLTW';

export function encodeArrays(facts: unknown, arrays: Readonly<Record<string, Float32Array>>): Uint8Array {
  const lengths = Object.entries(arrays).map(([name, { length }]) => [name, length]);
  const header = Buffer.from(JSON.stringify({ facts, lengths }), 'utf8');
  // The arrays begin at a multiple of 4, so that they can be read in place.
  const padding = (4 - (header.length % 4)) % 4;
  const start = 8 + header.length + padding;
  const total = Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, start);
  const bytes = Buffer.alloc(total, ' ');
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUInt32LE(header.length + padding, 4);
  header.copy(bytes, 8);
  let offset = start;
  for (const { buffer, byteOffset, byteLength } of Object.values(arrays)) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return bytes;
}

/** Throws a RangeError when the bytes are no such file, or cut off. */
export function decodeArrays<Facts>(bytes: Uint8Array): ArrayFile<Facts> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 8 || view.toString('latin1', 0, 4) !== MAGIC)
    throw new RangeError('decodeArrays: not a file of named arrays');
  const start = 8 + view.readUInt32LE(4);
  const { facts, lengths } = JSON.parse(view.toString('utf8', 8, start)) as {
    facts: Facts;
    lengths: [string, number][];
  };
  const arrays: Record<string, Float32Array> = {};
  let offset = start;
  for (const [name, length] of lengths) {
    const end = offset + 4 * length;
    if (end > view.length) throw new RangeError(`decodeArrays: the file ends in the middle of "${name}"`);
    // A copy: the source need not be aligned, and must not be kept alive.
    arrays[name] = new Float32Array(new Uint8Array(view.subarray(offset, end)).buffer);
    offset = end;
  }
  return { facts, arrays };
}
