import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../test/drawn-lists.ts';
import { createByteReader, createByteWriter, reserve } from './bytes.ts';
import { eraseLetters, isTextAt, mostBytesOf, readLetters, skipLetters, writeLetters } from './packed-text.ts';

function bytesOf(texts: readonly string[]): Uint8Array {
  const writer = createByteWriter(1);
  for (const text of texts) {
    reserve(writer, mostBytesOf(text));
    writeLetters(writer, text);
  }
  return writer.bytes.slice(0, writer.at);
}

it('comes back letter for letter, halves of pairs too, and is told from others', () => {
  fc.assert(
    fc.property(fc.array(anyText), anyText, (texts, other) => {
      const reader = createByteReader(bytesOf(texts));
      for (const text of texts) {
        expect([isTextAt(reader, text), isTextAt(reader, other)]).toEqual([true, text === other]);
        expect(readLetters(reader)).toBe(text);
      }
      expect(reader.at).toBe(reader.bytes.length);
    }),
  );
});

it('may be long', () => {
  for (const text of ['x'.repeat(100_000), '人'.repeat(100_000)])
    expect(readLetters(createByteReader(bytesOf([text])))).toBe(text);
});

it('leaves nothing where it is erased, and others as they are', () => {
  const bytes = bytesOf(['before', 'a person', 'after']);
  const reader = createByteReader(bytes);
  skipLetters(reader);
  eraseLetters(reader);
  expect(Buffer.from(bytes).includes('person')).toBe(false);
  expect([isTextAt(reader, 'a person'), isTextAt(reader, '')]).toEqual([false, false]);
  const again = createByteReader(bytes);
  expect([readLetters(again), readLetters(again), readLetters(again)]).toEqual(['before', '', 'after']);
});
