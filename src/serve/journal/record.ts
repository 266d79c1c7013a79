/**
 * Entries as bytes. A segment is a head and then records, each: mark, length of the text, CRC-32 of the text (4 bytes each, little-endian), and the text, JSON:
 * `[sequence, arrivedAt, synced, kind, ...content]`. `synced` is up to which byte the segment was on disk when the record was written: what is damaged before it was lost
 * later, what is damaged after it never was whole.
 */
import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import type { LogEvent } from '../../slate/events.ts';
import type { Experiment, ShadowScores } from '../../slate/experiment.ts';
import { InputError } from '../../slate/input-error.ts';
import type { EntryContent, JournalEntry } from './entry.ts';
import { type PackedAnswer, packAnswer, unpackAnswer } from './packed-answer.ts';

/** First bytes of every segment; the last digit changes when older segments can no longer be read. */
export const SEGMENT_HEAD: Buffer = Buffer.from('slatewise log 1\n', 'latin1');
/** No UTF-8 text has these bytes. */
const MARK: Buffer = Buffer.from([0xff, 0xf5, 0xfe, 0xf7]);
export const RECORD_HEAD = 12;
/** The longest text that is read: whatever else a damaged length says. */
export const RECORD_LIMIT: number = 32 * 2 ** 20;

/** Its entry is what `entryOf` tells: whoever looks for the end of a journal, or for an entry in it, need not make all before it. */
export interface ReadRecord {
  readonly sequence: number;
  readonly arrivedAt: number;
  readonly synced: number;
  readonly text: Buffer;
  /** Bytes, head and all. */
  readonly length: number;
}

export function encodeRecord(entry: JournalEntry, synced: number): Buffer {
  const text = Buffer.from(JSON.stringify([entry.sequence, entry.arrivedAt, synced, ...contentOf(entry)]));
  const bytes = Buffer.allocUnsafe(RECORD_HEAD + text.length);
  MARK.copy(bytes);
  bytes.writeUInt32LE(text.length, 4);
  bytes.writeUInt32LE(crc32(text), 8);
  text.copy(bytes, RECORD_HEAD);
  return bytes;
}

/** An entry's content as values of JSON, its kind first. */
export function contentOf(entry: EntryContent): readonly unknown[] {
  switch (entry.kind) {
    case 'event':
      return [entry.kind, entry.id ?? null, entry.event];
    case 'answer':
      return [entry.kind, packAnswer(entry.answer)];
    case 'shadow':
      return [entry.kind, entry.shadow];
    case 'experiments':
      return [entry.kind, entry.experiments];
    case 'erase':
      return [entry.kind, entry.user];
    case 'erased':
      return [entry.kind, entry.print];
    case 'activate':
      return [entry.kind, entry.model];
    default:
      return [entry.kind];
  }
}

/** The record that begins at a byte; `more`: it is longer than these bytes; undefined where none begins there. */
export function readRecord(bytes: Buffer, at: number): ReadRecord | 'more' | undefined {
  const left = bytes.length - at;
  const head = Math.min(left, MARK.length);
  if (MARK.compare(bytes, at, at + head, 0, head) !== 0) return undefined;
  if (left < RECORD_HEAD) return 'more';
  const length = bytes.readUInt32LE(at + 4);
  // Where a disk has kept the mark only, zeros follow: they are no record of nothing.
  if (length === 0 || length > RECORD_LIMIT) return undefined;
  if (left < RECORD_HEAD + length) return 'more';
  const text = bytes.subarray(at + RECORD_HEAD, at + RECORD_HEAD + length);
  if (crc32(text) !== bytes.readUInt32LE(at + 8)) return undefined;
  const [sequence, arrivedAt, synced] = firstNumbers(text);
  return { sequence, arrivedAt, synced, text, length: RECORD_HEAD + length };
}

/** Where the next record may begin, from a byte on; -1 where none does in these bytes. */
export const nextMark = (bytes: Buffer, from: number): number => bytes.indexOf(MARK, from);

const COMMA = 0x2c;

/** The three numbers that every text begins with. */
function firstNumbers(text: Buffer): readonly [sequence: number, arrivedAt: number, synced: number] {
  const first = text.indexOf(COMMA);
  const second = text.indexOf(COMMA, first + 1);
  const number = (from: number, to: number): number => Number(text.toString('latin1', from, to));
  return [number(1, first), number(first + 1, second), number(second + 1, text.indexOf(COMMA, second + 1))];
}

export function entryOf({ sequence, arrivedAt, text }: ReadRecord): JournalEntry {
  const [, , , kind, ...content] = JSON.parse(text.toString('utf8')) as readonly unknown[];
  return { sequence, arrivedAt, ...contentFrom(kind, content) };
}

/** What `contentOf` gave. We wrote it: then it has the form of a kind, or is of a later version. */
export function contentFrom(kind: unknown, [first, second]: readonly unknown[]): EntryContent {
  switch (kind) {
    case 'event':
      return { kind, ...(first === null ? {} : { id: String(first) }), event: second as LogEvent };
    case 'answer':
      return { kind, answer: unpackAnswer(first as PackedAnswer) };
    case 'shadow':
      return { kind, shadow: first as ShadowScores };
    case 'experiments':
      return { kind, experiments: first as readonly Experiment[] };
    case 'erase':
      return { kind, user: String(first) };
    case 'erased':
      return { kind, print: String(first) };
    case 'gone':
      return { kind };
    case 'activate':
      return { kind, model: String(first) };
    default:
      throw new InputError(
        `the journal: expected events as this version writes them, found "${kind}"; read it with the version that wrote it`,
        'other-format',
      );
  }
}
