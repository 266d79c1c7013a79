/** What one user did as few bytes, and back, bit for bit: what a memory keeps of users who are not met right now. */
import {
  type ByteReader,
  type ByteWriter,
  createByteReader,
  createByteWriter,
  MOST_BYTES,
  readDouble,
  readSigned,
  readWhole,
  reserve,
  writeDouble,
  writeSigned,
  writeWhole,
} from './bytes.ts';
import { createKeyRing, eachPlace } from './key-ring.ts';
import type { Seen } from './seen.ts';
import type { UserState } from './state.ts';
import { CLICKED, EXPOSURES, RESIDUAL, SKIPPED, type Tastes } from './tastes.ts';

export interface UserPacker {
  /** Holds until the next call. */
  pack(user: UserState): Uint8Array;
}

/** Numbers of a user that are there always, and the bytes that they may take. */
const FIXED = 12 * MOST_BYTES;

export function createUserPacker(): UserPacker {
  const writer = createByteWriter();
  return {
    pack(user) {
      const { tastes, leanings, seen, clicked, skipped } = user;
      const numbers = leanings.length + 5 * tastes.tokens.keys.length + 6 * seen.shown.length;
      writer.at = 0;
      reserve(writer, FIXED + MOST_BYTES * (numbers + clicked.length + skipped.length));
      writeCounts(writer, user);
      for (let column = 0; column < leanings.length; column++) writeDouble(writer, leanings[column]);
      writeTastes(writer, tastes);
      writeSeen(writer, seen, user.lastImpression);
      writeItems(writer, clicked);
      writeItems(writer, skipped);
      return writer.bytes.subarray(0, writer.at);
    },
  };
}

export interface UnpackOptions {
  readonly id: string;
  readonly life: number;
  /** How many dense columns an item version has. */
  readonly denseColumns: number;
}

export function unpackUser(bytes: Uint8Array, { id, life, denseColumns }: UnpackOptions): UserState {
  const reader = createByteReader(bytes);
  const [impressions, exposures, clicks] = [readWhole(reader), readWhole(reader), readWhole(reader)];
  const [expected, lastImpression] = [readDouble(reader), readDouble(reader)];
  const sessionImpressions = readWhole(reader);
  const leanings = new Float64Array(denseColumns);
  for (let column = 0; column < denseColumns; column++) leanings[column] = readDouble(reader);
  return {
    ...{ id, life, impressions, exposures, clicks, expected, lastImpression, sessionImpressions },
    tastes: readTastes(reader),
    leanings,
    seen: readSeen(reader, lastImpression),
    clicked: readItems(reader),
    skipped: readItems(reader),
  };
}

function writeCounts(writer: ByteWriter, user: UserState): void {
  writeWhole(writer, user.impressions);
  writeWhole(writer, user.exposures);
  writeWhole(writer, user.clicks);
  writeDouble(writer, user.expected);
  writeDouble(writer, user.lastImpression);
  writeWhole(writer, user.sessionImpressions);
}

/** Most tokens were never clicked: zeros are told by a bit. */
function writeTastes(writer: ByteWriter, { tokens, values }: Tastes): void {
  writeWhole(writer, tokens.keys.length);
  eachPlace(tokens, (place) => {
    const start = 4 * place;
    const clicked = values[start + CLICKED];
    const skipped = values[start + SKIPPED];
    const [hasClicked, hasSkipped] = [!Object.is(clicked, 0), !Object.is(skipped, 0)];
    writeWhole(writer, tokens.keys[place]);
    writeWhole(writer, 4 * values[start + EXPOSURES] + 2 * Number(hasClicked) + Number(hasSkipped));
    writeDouble(writer, values[start + RESIDUAL]);
    if (hasClicked) writeDouble(writer, clicked);
    if (hasSkipped) writeDouble(writer, skipped);
  });
}

function readTastes(reader: ByteReader): Tastes {
  const count = readWhole(reader);
  const keys = new Array<number>(count);
  const values = new Array<number>(4 * count).fill(0);
  for (let place = 0; place < count; place++) {
    const start = 4 * place;
    keys[place] = readWhole(reader);
    const told = readWhole(reader);
    values[start + EXPOSURES] = Math.floor(told / 4);
    values[start + RESIDUAL] = readDouble(reader);
    if (told % 4 >= 2) values[start + CLICKED] = readDouble(reader);
    if (told % 2 === 1) values[start + SKIPPED] = readDouble(reader);
  }
  return { tokens: createKeyRing(keys), values };
}

/** Runs of items that one list showed for the first and only time, without a click, need no numbers of their own. */
function writeSeen(writer: ByteWriter, { items, shown, clicked, lastShown }: Seen, lastImpression: number): void {
  const places: number[] = [];
  eachPlace(items, (place) => places.push(place));
  const isPlain = (place: number): boolean => shown[place] === 1 && clicked[place] === 0;
  writeWhole(writer, places.length);
  let time = Math.max(0, lastImpression);
  for (let at = 0; at < places.length; ) {
    const first = places[at];
    const plain = isPlain(first);
    let end = at + 1;
    while (
      end < places.length &&
      isPlain(places[end]) === plain &&
      (!plain || lastShown[places[end]] === lastShown[first])
    )
      end++;
    writeWhole(writer, 2 * (end - at) + Number(plain));
    if (plain) {
      writeSigned(writer, lastShown[first] - time);
      time = lastShown[first];
    }
    for (; at < end; at++) {
      const place = places[at];
      writeWhole(writer, items.keys[place]);
      if (plain) continue;
      writeWhole(writer, shown[place]);
      writeWhole(writer, clicked[place]);
      writeSigned(writer, lastShown[place] - time);
    }
  }
}

function readSeen(reader: ByteReader, lastImpression: number): Seen {
  const count = readWhole(reader);
  const [keys, shown] = [new Array<number>(count), new Array<number>(count)];
  const [clicked, lastShown] = [new Array<number>(count), new Array<number>(count)];
  let time = Math.max(0, lastImpression);
  for (let place = 0; place < count; ) {
    const told = readWhole(reader);
    const plain = told % 2 === 1;
    if (plain) time += readSigned(reader);
    for (const end = place + Math.floor(told / 2); place < end; place++) {
      keys[place] = readWhole(reader);
      shown[place] = plain ? 1 : readWhole(reader);
      clicked[place] = plain ? 0 : readWhole(reader);
      lastShown[place] = plain ? time : time + readSigned(reader);
    }
  }
  return { items: createKeyRing(keys), shown, clicked, lastShown };
}

function writeItems(writer: ByteWriter, items: readonly number[]): void {
  writeWhole(writer, items.length);
  for (let at = 0; at < items.length; at++) writeWhole(writer, items[at]);
}

function readItems(reader: ByteReader): number[] {
  const items = new Array<number>(readWhole(reader));
  for (let at = 0; at < items.length; at++) items[at] = readWhole(reader);
  return items;
}
