import { LINE_LIMIT } from './lines.ts';

const NEWLINE = 10;

/** Bytes of a piece, or a few more; some thousand lines. */
const PIECE = 1 << 20;

/**
 * Cuts a stream of bytes into pieces of whole lines. Of a line longer than `limit` bytes only the first `limit + 1` are kept, so that memory is bounded and whoever reads can tell. Where the stream
 * fails, the lines before come first.
 */
export async function* cutPieces(
  chunks: AsyncIterable<Buffer>,
  { size = PIECE, limit = LINE_LIMIT }: { readonly size?: number | undefined; readonly limit?: number } = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let parts: Buffer[] = [];
  /** Bytes that are held, and those of them that are whole lines. */
  let held = 0;
  let whole = 0;
  let failure: unknown;
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length; start += size) {
        take(chunk.subarray(start, start + size));
        if (whole >= size) yield cut();
      }
    }
    // The last line may lack its end.
    whole = held;
  } catch (error) {
    failure = error;
  }
  if (whole > 0) yield cut();
  if (failure !== undefined) throw failure;

  function take(chunk: Buffer): void {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const first = chunk.indexOf(NEWLINE);
      // The rest of a line that is too long already goes, but for its end.
      hold(chunk.subarray(0, first));
      keep(chunk.subarray(first, end));
      whole = held;
    }
    hold(chunk.subarray(end));
  }

  /** A part of a line that goes on. */
  function hold(part: Buffer): void {
    keep(part.subarray(0, Math.max(0, limit + 1 - (held - whole))));
  }

  function keep(part: Buffer): void {
    if (part.length === 0) return;
    parts.push(part);
    held += part.length;
  }

  /** The whole lines, as memory that nobody else has. */
  function cut(): Uint8Array<ArrayBuffer> {
    const all = Buffer.concat(parts);
    const lines = new Uint8Array(all.subarray(0, whole));
    const rest = Buffer.from(all.subarray(whole));
    parts = rest.length > 0 ? [rest] : [];
    held = rest.length;
    whole = 0;
    return lines;
  }
}
