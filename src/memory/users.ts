/**
 * The users of a memory: some of the latest as they are, all others as few bytes. Who is asked for or changes is unpacked; who was not for a while is packed again, and
 * written where something changed. Nobody can tell the difference but by the clock on the wall.
 */
import { createColdUsers } from './cold-users.ts';
import { leaveTable } from './key-ring.ts';
import { createUserPacker, unpackUser } from './packed-user.ts';
import { createRoster } from './roster.ts';
import { createUserState, type KeptUsers, type UserState } from './state.ts';
import { segmentsInMemory, type UserSegments } from './user-segments.ts';
import { createWatch } from './watch.ts';

/** What a memory's users lie in. */
export interface UserStorage {
  /** Users that are not packed: so many of the latest. */
  readonly hotUsers?: number | undefined;
  /** Where all others lie; in memory, unless told otherwise. */
  readonly segments?: UserSegments | undefined;
}

export interface MemoryUsers extends KeptUsers {
  readonly denseColumns: number;
  /** The id as it is held, so that it is held once; of nobody known as it was given. */
  sameId(id: string): string;
  /** Puts a user at the end who is not there, as `capture` told. */
  restore(id: string, packed: Uint8Array): void;
  /** Puts a user at the end who is not there. */
  add(id: string, user: UserState): void;
  /** All of them as they are now, whatever comes later. */
  capture(): CapturedUsers;
}

export interface CapturedUsers {
  /** In order; bytes hold until the next. */
  entries(): IterableIterator<readonly [id: string, packed: Uint8Array]>;
  /** To be called once. */
  release(): void;
}

const HOT_USERS = 4096;
const NONE = -1;

export function createUsers(denseColumns: number, { hotUsers = HOT_USERS, segments }: UserStorage = {}): MemoryUsers {
  const roster = createRoster();
  const cold = createColdUsers(segments ?? segmentsInMemory());
  const packer = createUserPacker();
  const watch = createWatch((user: UserState) => packer.pack(user).slice());
  /** Places for users as they are; a hand goes round and takes away who was not asked for since it came by last. */
  const hot: (UserState | undefined)[] = [];
  const numberAt = new Int32Array(hotUsers);
  const isChanged = new Uint8Array(hotUsers);
  const wasAsked = new Uint8Array(hotUsers);
  let hand = 0;
  /** By number: the place among those, and which life it is, since numbers are given again. */
  let hotAt = new Int32Array(1024).fill(NONE);
  let lives = new Uint32Array(1024);
  let born = 0;

  function place(number: number, user: UserState): number {
    const at = hot.length < hotUsers ? hot.length : takePlace();
    hot[at] = user;
    numberAt[at] = number;
    hotAt[number] = at;
    isChanged[at] = 0;
    wasAsked[at] = 1;
    return at;
  }

  function takePlace(): number {
    for (; wasAsked[hand] === 1; hand = (hand + 1) % hotUsers) wasAsked[hand] = 0;
    const at = hand;
    hand = (hand + 1) % hotUsers;
    const user = hot[at];
    if (user) {
      if (isChanged[at] === 1) cold.write(numberAt[at], packer.pack(user));
      hotAt[numberAt[at]] = NONE;
      leaveTable(user.seen.items);
      leaveTable(user.tastes.tokens);
    }
    return at;
  }

  function unpack(id: string, number: number): UserState {
    return unpackUser(cold.read(number), { id, life: lives[number], denseColumns });
  }

  /** Where a known user is, as it is. */
  function warm(id: string, number: number): number {
    const at = hotAt[number];
    if (at !== NONE) {
      wasAsked[at] = 1;
      return at;
    }
    return place(number, unpack(roster.idOf(number) ?? id, number));
  }

  function enroll(id: string): number {
    const number = roster.add(id);
    if (number >= hotAt.length) {
      const room = Math.max(number + 1, hotAt.length + (hotAt.length >> 1));
      const [wider, longer] = [new Int32Array(room).fill(NONE, hotAt.length), new Uint32Array(room)];
      wider.set(hotAt);
      longer.set(lives);
      [hotAt, lives] = [wider, longer];
    }
    lives[number] = ++born;
    return number;
  }

  return {
    denseColumns,
    get size() {
      return roster.size;
    },
    get(id) {
      const number = roster.numberOf(id);
      return number === NONE ? undefined : hot[warm(id, number)];
    },
    toChange(id) {
      const known = roster.numberOf(id);
      let at: number;
      if (known === NONE) {
        const number = enroll(id);
        at = place(number, createUserState(id, denseColumns, born));
      } else at = warm(id, known);
      const user = hot[at] as UserState;
      watch.before(user);
      isChanged[at] = 1;
      return user;
    },
    delete(id) {
      const number = roster.remove(id);
      if (number === NONE) return false;
      cold.remove(number);
      const at = hotAt[number];
      if (at === NONE) return true;
      hot[at] = undefined;
      hotAt[number] = NONE;
      wasAsked[at] = 0;
      isChanged[at] = 0;
      return true;
    },
    *entries() {
      for (const [id, number] of roster.entries()) {
        const at = hotAt[number];
        yield [id, (at === NONE ? undefined : hot[at]) ?? unpack(id, number)];
      }
    },
    *ids(others) {
      for (const [id] of roster.entries()) if (id !== '') yield id;
      for (const id of others) if (roster.numberOf(id) === NONE) yield id;
    },
    sameId: (id) => roster.idOf(roster.numberOf(id)) ?? id,
    restore(id, packed) {
      cold.write(enroll(id), packed);
    },
    add(id, user) {
      cold.write(enroll(id), packer.pack(user));
    },
    capture() {
      const changed = new Map<number, UserState>();
      for (const [at, user] of hot.entries()) if (user && isChanged[at] === 1) changed.set(numberAt[at], user);
      const entries = roster.capture();
      const frozen = cold.capture();
      const picture = watch.begin();
      return {
        *entries() {
          for (const [id, number] of entries) {
            const user = changed.get(number);
            yield [id, user ? picture.of(user) : frozen.read(number)];
          }
        },
        release() {
          picture.end();
          frozen.release();
        },
      };
    },
  };
}
