/** Entries on their way into the stream: they go in groups, and whoever appended is told when its entry comes back, in the order of all. */
import { randomUUID } from 'node:crypto';
import type { Committed, Recognition } from '../journal/contract.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import { encodeContent } from './stream-entries.ts';

export interface AppendQueue {
  /** Resolves once all of them were told. Rejects with `JournalUnavailable` where too many wait, and at `fail`. */
  add(contents: readonly EntryContent[], committed: Committed, recognition: Recognition | undefined): Promise<void>;
  /** What goes next; undefined where nothing waits. */
  next(): AppendGroup | undefined;
  /** The sequence of each of a group, negative where it was there already. */
  placed(group: AppendGroup, results: readonly number[], sequence: number): void;
  /** An entry came back: true where it was told to who appended it. */
  tell(mark: string, entry: JournalEntry): boolean;
  /** Everything up to a sequence was told. */
  reached(sequence: number): void;
  /** Nobody knows what became of any of them. */
  fail(error: JournalUnavailable): void;
  /** Resolves once none is under way. */
  drained(): Promise<void>;
}

/** Entries of one script. */
export interface AppendGroup {
  readonly mark: string;
  readonly items: readonly Item[];
  /** Three per entry: key, sequence that does not count, content. */
  readonly given: readonly string[];
}

interface Call {
  readonly contents: readonly EntryContent[];
  readonly committed: Committed;
  readonly recognition: Recognition | undefined;
  readonly end: (error?: JournalUnavailable) => void;
  left: number;
}

interface Item {
  readonly call: Call;
  readonly at: number;
}

const WAITING = 100_000;
/** Entries of a group, unless one call has more. */
const GROUP = 512;

export function createAppendQueue(limit: number = WAITING): AppendQueue {
  const run = randomUUID().slice(0, 13);
  const calls = new Set<Call>();
  const groups = new Map<string, AppendGroup>();
  let queue: Call[] = [];
  let there: { readonly sequence: number; readonly item: Item }[] = [];
  let waiting = 0;
  let count = 0;
  const drained: (() => void)[] = [];

  function settled({ call }: Item): void {
    call.left--;
    if (call.left === 0) call.end();
  }

  function tellAgain({ call, at }: Item, sequence: number): void {
    call.recognition?.again(at, sequence);
  }

  return {
    add: (contents, committed, recognition) =>
      new Promise<void>((resolve, reject) => {
        if (waiting + contents.length > limit) throw new JournalUnavailable(`${waiting} events wait already`);
        waiting += contents.length;
        const call: Call = {
          ...{ contents, committed, recognition, left: contents.length },
          end(error) {
            if (!calls.delete(call)) return;
            waiting -= contents.length;
            if (error) reject(error);
            else resolve();
            if (calls.size === 0) for (const tell of drained.splice(0)) tell();
          },
        };
        calls.add(call);
        queue.push(call);
      }),
    next() {
      let end = 0;
      let size = 0;
      while (end < queue.length && (end === 0 || size + queue[end].contents.length <= GROUP))
        size += queue[end++].contents.length;
      if (end === 0) return undefined;
      const items = queue.slice(0, end).flatMap((call) => call.contents.map((_, at) => ({ call, at })));
      queue = queue.slice(end);
      const given = items.flatMap(({ call: { contents, recognition }, at }) => [
        ...[recognition?.keys[at] ?? '', String(recognition?.despite[at] ?? ''), encodeContent(contents[at])],
      ]);
      const group = { mark: `${run}:${count++}`, items, given };
      groups.set(group.mark, group);
      return group;
    },
    placed(group, results, sequence) {
      // After a failure nobody waits for it.
      if (!groups.has(group.mark)) return;
      for (const [at, result] of results.entries())
        if (result < 0) there.push({ sequence: -result, item: group.items[at] });
      if (results.every((result) => result < 0)) groups.delete(group.mark);
      this.reached(sequence);
    },
    tell(mark, entry) {
      const colon = mark.lastIndexOf(':');
      const group = groups.get(mark.slice(0, colon));
      if (!group) return false;
      const item = group.items[Number(mark.slice(colon + 1))];
      item.call.committed(entry, item.at);
      settled(item);
      if (group.items.every(({ call }) => !calls.has(call))) groups.delete(group.mark);
      return true;
    },
    reached(sequence) {
      if (there.length === 0) return;
      const reached = there.filter((each) => each.sequence <= sequence);
      there = there.filter((each) => each.sequence > sequence);
      for (const { item, sequence: of } of reached) {
        tellAgain(item, of);
        settled(item);
      }
    },
    fail(error) {
      queue = [];
      there = [];
      groups.clear();
      for (const call of [...calls]) call.end(error);
    },
    drained: () => (calls.size === 0 ? Promise.resolve() : new Promise((resolve) => drained.push(resolve))),
  };
}
