/** What a server must have, computed in the simplest way. */
import { Buffer } from 'node:buffer';
import type { Memory } from '../src/memory/memory.ts';
import type { Followed } from '../src/serve/host/follower.ts';
import type { ArrivingEvent } from '../src/serve/host.ts';
import type { JournalEntry } from '../src/serve/journal/entry.ts';
import { entryOf } from '../src/serve/journal/record.ts';
import { readSegment } from '../src/serve/journal/segment-reader.ts';
import type { LogEvent } from '../src/slate/events.ts';

export interface Expected {
  sent(events: readonly ArrivingEvent[]): void;
  /** The sender was told that it was taken, as this entry. */
  acknowledged(event: ArrivingEvent, sequence: number): void;
  /** An entry that entered a memory. */
  entered(entry: JournalEntry, followed: Followed): void;
  /** A person is forgotten: nothing of what was told before tells of the person. */
  erased(user: string): void;
  crashed(options: { readonly mayLose: boolean }): void;
  /** What a server that begins has found. */
  recovered(files: ReadonlyMap<string, Buffer>, sequence: number): Promise<void>;
  check(server: ServerState): Promise<void>;
}

export interface ServerState {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly sequence: number;
  readonly memory: Memory;
  readonly hasFault: boolean;
}

const DAY = 24 * 60 * 60_000;

export function createExpected(newMemory: () => Memory): Expected {
  const everSent = new Set<string>();
  let entries: JournalEntry[] = [];
  /** Told since the last check: by sequence, which event it is. */
  const fresh = new Map<number, string>();
  /** The last sequence that anyone was told. */
  let last = 0;
  let checked = 0;
  let mayLose = false;
  /** By person: the entry up to which nothing is left. */
  const erased = new Map<string, number>();
  let reference = newMemory();
  let folded = 0;

  return {
    sent(events) {
      for (const event of events) everSent.add(sentText(event));
    },
    acknowledged: (event, sequence) => {
      last = Math.max(last, sequence);
      fresh.set(sequence, nameOf(event));
    },
    entered: (entry) => void entries.push(entry),
    erased(user) {
      const entry = entries.findLast((each) => each.kind === 'erase' && each.user === user);
      same('an entry that erases', entry !== undefined, true);
      erased.set(user, entry?.sequence ?? 0);
    },
    crashed(options) {
      mayLose ||= options.mayLose;
    },
    async recovered(files, sequence) {
      const found = (await entriesIn(files)).slice(0, sequence);
      same('as many entries as the server has', found.length, sequence);
      if (!mayLose) same('at least the entries that were told', found.length >= last, true);
      for (const [at, entry] of entries.slice(0, found.length).entries()) sameEntry(found[at], entry);
      for (const entry of found.slice(entries.length))
        if (entry.kind === 'event') same('an event that was sent', everSent.has(sentText(entry)), true);
      last = Math.min(last, found.length);
      for (const at of fresh.keys()) if (at > found.length) fresh.delete(at);
      checked = 0;
      entries = [...entries.slice(0, found.length), ...found.slice(entries.length)];
      for (const [user, upTo] of erased) if (upTo > found.length) erased.delete(user);
      mayLose = false;
      reference = newMemory();
      folded = 0;
    },
    async check({ files, sequence, memory, hasFault }) {
      same('the last sequence', sequence, entries.length);
      for (let at = checked; at < entries.length; at++) {
        same('sequences without gaps', entries[at].sequence, at + 1);
        same('arrivals in order', at === 0 || entries[at].arrivedAt >= entries[at - 1].arrivedAt, true);
      }
      checked = entries.length;
      for (const [at, name] of fresh) {
        const entry = entries[at - 1];
        same(`entry ${at} as it was told`, entry?.kind === 'event' && nameOf(entry), name);
      }
      fresh.clear();
      const written = await entriesIn(files);
      if (!hasFault) same('nothing more in the files', written.length, entries.length);
      for (const [at, entry] of entries.entries()) sameEntry(written[at], entry);
      fold();
      same('the memory', memory.snapshot(), reference.snapshot());
    },
  };

  /** As it was written, or without a person who is being erased, or was. */
  function sameEntry(found: JournalEntry, original: JournalEntry): void {
    const user = personOf(original);
    const mustGo = original.sequence <= (erased.get(user) ?? 0);
    if (!mustGo && textOf(found) === textOf(original)) return;
    const mayGo = entries.some(
      (each) => each.kind === 'erase' && each.user === user && each.sequence >= original.sequence,
    );
    if (!mayGo) same(`entry ${original.sequence}`, found, original);
    const { sequence, arrivedAt } = original;
    const isWhole = original.kind === 'event' && original.event.event !== 'user' && !isUnnamed(original.event);
    if (isWhole)
      same(`entry ${sequence}`, found, JSON.parse(JSON.stringify(original).replace(`"user":"${user}"`, '"user":""')));
    else
      same(
        `entry ${sequence}`,
        [found.kind, found.sequence, found.arrivedAt],
        [original.kind === 'erase' ? 'erased' : 'gone', sequence, arrivedAt],
      );
  }

  /** Whatever has an id, and was taken, is not taken again within a day. */
  function fold(): void {
    for (; folded < entries.length; folded++) {
      const entry = entries[folded];
      if (entry.kind === 'erase') reference.forgetUser(entry.user);
      if (entry.kind !== 'event') continue;
      try {
        reference.apply(entry.event, entry.arrivedAt);
      } catch {
        continue;
      }
      if (entry.id === undefined) continue;
      const before = entries
        .slice(0, folded)
        .findLast((other) => other.kind === 'event' && other.id === entry.id && isTaken.has(other));
      if (before) same(`${entry.id} once within a day`, entry.arrivedAt - before.arrivedAt > DAY, true);
      isTaken.add(entry);
    }
  }
}

const isUnnamed = (event: LogEvent): boolean => event.event === 'interaction' && event.ranking === '';

function personOf(entry: JournalEntry): string {
  if (entry.kind === 'erase') return entry.user;
  return entry.kind === 'event' && entry.event.event !== 'item' ? entry.event.user : '';
}

const isTaken = new WeakSet<JournalEntry>();

const sentText = ({ id, event }: ArrivingEvent): string => JSON.stringify([id ?? null, event]);

const texts = new WeakMap<JournalEntry, string>();

function textOf(entry: JournalEntry | undefined): string | undefined {
  if (entry === undefined) return undefined;
  const known = texts.get(entry) ?? JSON.stringify(entry);
  texts.set(entry, known);
  return known;
}

/** By what it is one event, however often it is sent. */
function nameOf({ id, event }: ArrivingEvent): string {
  if (id !== undefined) return id;
  const happened = event as LogEvent;
  if (happened.event === 'ranking')
    return [happened.id, happened.time, happened.user, happened.items.map((i) => i.id)].join();
  if (happened.event !== 'interaction') return JSON.stringify(happened);
  const { ranking, user, item, type, time } = happened;
  return [ranking, user, item, type, ranking === '' ? time : ''].join();
}

function same(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`expected ${what} to be ${other?.slice(0, 300)}, found ${one?.slice(0, 300)}`);
}

async function entriesIn(files: ReadonlyMap<string, Buffer>): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (const name of [...files.keys()].filter((each) => each.endsWith('.journal')).sort()) {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    const known = read.get(bytes) ?? (await entriesOf(bytes));
    read.set(bytes, known);
    entries.push(...known);
  }
  return entries;
}

/** A file that has not changed is read once. */
const read = new WeakMap<Buffer, readonly JournalEntry[]>();

async function entriesOf(bytes: Buffer): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const file = {
    length: bytes.length,
    read: async (from: number, length: number) => bytes.subarray(from, from + length),
    close: async () => undefined,
  };
  for await (const records of readSegment(file)) entries.push(...records.map(entryOf));
  return entries;
}
