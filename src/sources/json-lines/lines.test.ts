import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf } from './lines.ts';

async function* given(chunks: readonly string[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
async function read(chunks: readonly string[], limit?: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(given(chunks), limit)) lines.push(Buffer.from(line).toString());
  return lines;
}

it('finds the same lines however the bytes are cut, and holds no more of one than the limit', async () => {
  const chunk = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '\u2028'), maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), async (chunks) => {
      const expected = chunks.join('').split(/\r?\n/);
      if (expected.at(-1) === '') expected.pop();
      expect(await read(chunks)).toEqual(expected);
      const letters = chunks.map((each) => each.replaceAll(/[\r\u2028]/g, ''));
      const short = letters.join('').split('\n');
      if (short.at(-1) === '') short.pop();
      expect(await read(letters, 3)).toEqual(short.map((line) => line.slice(0, 4)));
    }),
  );
});
