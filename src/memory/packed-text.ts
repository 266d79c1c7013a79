/** Texts among numbers as bytes: a byte for each letter where all are below 256, else two, so that every text comes back as it was. */
import { hashLetters } from '../slate/hash-letters.ts';
import { type ByteReader, type ByteWriter, MOST_BYTES, readWhole, writeWhole } from './bytes.ts';

/** The lowest digits of a text's head; the others are how many bytes it takes. */
const NARROW = 0;
const WIDE = 1;
const ERASED = 2;
const KINDS = 4;

export const mostBytesOf = (text: string): number => MOST_BYTES + 2 * text.length;

/** There must be room. */
export function writeLetters(writer: ByteWriter, text: string): void {
  const isWide = hasWideLetter(text);
  writeWhole(writer, KINDS * (isWide ? 2 * text.length : text.length) + (isWide ? WIDE : NARROW));
  const { bytes } = writer;
  let { at } = writer;
  for (let letter = 0; letter < text.length; letter++) {
    const code = text.charCodeAt(letter);
    bytes[at++] = code;
    if (isWide) bytes[at++] = code >> 8;
  }
  writer.at = at;
}

/** Empty where it was erased. */
export function readLetters(reader: ByteReader): string {
  const head = readWhole(reader);
  const from = reader.at;
  reader.at += Math.floor(head / KINDS);
  const kind = head % KINDS;
  if (kind === ERASED) return '';
  const bytes = reader.bytes.subarray(from, reader.at);
  return textOfCodes(kind === NARROW ? bytes : wideCodes(bytes));
}

export function skipLetters(reader: ByteReader): void {
  const head = readWhole(reader);
  reader.at += Math.floor(head / KINDS);
}

/** Whether the text there is this one; an erased one is none. */
export function isTextAt({ bytes, view, at }: ByteReader, text: string): boolean {
  const reader = { bytes, view, at };
  const head = readWhole(reader);
  const kind = head % KINDS;
  const size = Math.floor(head / KINDS);
  if (kind === ERASED || size !== (kind === WIDE ? 2 : 1) * text.length) return false;
  let place = reader.at;
  for (let letter = 0; letter < text.length; letter++) {
    let code = bytes[place++];
    if (kind === WIDE) code |= bytes[place++] << 8;
    if (code !== text.charCodeAt(letter)) return false;
  }
  return true;
}

/** Leaves nothing of the text there but its length. */
export function eraseLetters({ bytes, view, at }: ByteReader): void {
  const reader = { bytes, view, at };
  const size = Math.floor(readWhole(reader) / KINDS);
  bytes[at] = bytes[at] - (bytes[at] % KINDS) + ERASED;
  bytes.fill(0, reader.at, reader.at + size);
}

/** Never 0: a row index takes that for none. */
export const hashOfText = (text: string): number => hashLetters(text) || 1;

function hasWideLetter(text: string): boolean {
  for (let letter = 0; letter < text.length; letter++) if (text.charCodeAt(letter) > 255) return true;
  return false;
}

function wideCodes(bytes: Uint8Array): Uint16Array {
  const codes = new Uint16Array(bytes.length >> 1);
  for (let letter = 0; letter < codes.length; letter++)
    codes[letter] = bytes[2 * letter] | (bytes[2 * letter + 1] << 8);
  return codes;
}

/** Letters that one call takes. */
const AT_ONCE = 4096;

function textOfCodes(codes: Uint8Array | Uint16Array): string {
  if (codes.length <= AT_ONCE) return String.fromCharCode.apply(null, codes as unknown as number[]);
  let text = '';
  for (let at = 0; at < codes.length; at += AT_ONCE) text += textOfCodes(codes.subarray(at, at + AT_ONCE));
  return text;
}
