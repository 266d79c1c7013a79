/** A line longer than this is no event: a file of another kind, or one whose newlines were lost. */
export const LINE_LIMIT: number = 1 << 24;

const NEWLINE = 10;
const RETURN = 13;

/**
 * Cuts a stream of bytes into lines, without their `\n` or `\r\n`. Of a line longer than `limit` bytes only the first `limit + 1` are kept, so that memory is bounded and
 * whoever reads can tell.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limit: number = LINE_LIMIT): AsyncGenerator<Uint8Array> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield lineEndingWith(chunk.subarray(start, end));
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (held > 0) yield lineEndingWith(Buffer.alloc(0));

  function hold(part: Buffer): void {
    if (part.length === 0 || held > limit) return;
    // A copy: the chunk need not be kept for the sake of its end.
    const kept = Buffer.from(part.subarray(0, limit + 1 - held));
    parts.push(kept);
    held += kept.length;
  }

  function lineEndingWith(tail: Buffer): Buffer {
    if (held === 0) return withoutReturn(tail.subarray(0, limit + 1));
    hold(tail);
    const line = Buffer.concat(parts);
    parts = [];
    held = 0;
    return withoutReturn(line);
  }
}

const withoutReturn = (line: Buffer): Buffer => (line.at(-1) === RETURN ? line.subarray(0, -1) : line);
