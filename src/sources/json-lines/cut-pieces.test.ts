import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutPieces } from './cut-pieces.ts';

async function* given(chunks: readonly string[], failure?: Error): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
  if (failure) throw failure;
}

async function cut(chunks: AsyncIterable<Buffer>, size: number, limit?: number): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const piece of cutPieces(chunks, { size, ...(limit === undefined ? {} : { limit }) }))
    pieces.push(Buffer.from(piece).toString());
  return pieces;
}

it('cuts at ends of lines only, and loses nothing', async () => {
  const chunk = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n'), maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (chunks, size) => {
      const pieces = await cut(given(chunks), size);
      expect(pieces.join('')).toBe(chunks.join(''));
      for (const piece of pieces.slice(0, -1)) expect(piece.endsWith('\n')).toBe(true);
      for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(size);
    }),
  );
});

it('holds no more of a long line than the limit', async () => {
  const pieces = await cut(given(['ab', 'cd', 'ef', 'gh\nxy\n', 'z']), 1, 3);
  expect(pieces.join('')).toBe('abcd\nxy\nz');
});

it('gives the lines before a failure', async () => {
  const pieces: string[] = [];
  const read = async (): Promise<void> => {
    for await (const piece of cutPieces(given(['a\nb\nc'], new Error('cut off')), { size: 100 }))
      pieces.push(Buffer.from(piece).toString());
  };
  await expect(read()).rejects.toThrow('cut off');
  expect(pieces).toEqual(['a\nb\n']);
});
