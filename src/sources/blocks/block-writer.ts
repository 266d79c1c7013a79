/** Collects events, in the order of a source, as a block. */
import type { InteractionEvent } from '../../slate/events.ts';
import type { SourceRecord } from '../event-source.ts';
import type { JoinedImpression } from '../join/joined.ts';
import type { RowPlace } from '../row-place.ts';
import { ENTRY, type EventBlock, type IdCodes } from './event-block.ts';
import { createListBlockBuilder } from './list-block-builder.ts';
import type { ListDraft } from './list-draft.ts';

/** Where what is in a block stands in its source: looked up when it is rejected. */
export interface Origin {
  raw(): string;
  place(): RowPlace | undefined;
}

/** An interaction by its codes; `user` -1 is nobody. */
export interface CodedInteraction {
  readonly time: number;
  readonly line: number;
  readonly ranking: string;
  readonly user: number;
  readonly item: number;
  readonly type: string;
}

export interface BlockWriter {
  /** Lists in it so far. */
  readonly lists: number;
  /** `isWhole`: its clicks are in the draft, the last on this line. */
  putList(
    draft: ListDraft,
    letters: number,
    origin: Origin & { readonly isWhole: boolean; readonly lastLine: number },
  ): void;
  addList(list: JoinedImpression, letters: number, origin: Origin): void;
  putInteraction(interaction: CodedInteraction, origin: Origin): void;
  addInteraction(event: InteractionEvent, line: number, origin: Origin): void;
  addOther(record: SourceRecord): void;
  /** What was collected; then it is empty again. */
  finish(): EventBlock;
}

/** `capacity`: lists that it takes. */
export function createBlockWriter(capacity: number, codes: IdCodes): BlockWriter {
  const builder = createListBlockBuilder(capacity);
  const typeNames: string[] = [];
  const typeCodes = new Map<string, number>();
  let held = emptyBlock();
  let line = 0;
  return {
    get lists() {
      return builder.count;
    },
    putList(draft, letters, origin) {
      builder.put(draft);
      line = origin.lastLine;
      held.whole.push(origin.isWhole ? 1 : 0);
      listed(letters, origin);
    },
    addList(list, letters, origin) {
      builder.add(list, codes);
      line = list.line;
      held.whole.push(0);
      listed(letters, origin);
    },
    putInteraction,
    addInteraction({ ranking, time, user, item, type }, at, origin) {
      const code = user === '' ? -1 : codes.users.indexOf(user);
      putInteraction({ time, line: at, ranking, user: code, item: codes.items.indexOf(item), type }, origin);
    },
    addOther(record) {
      line = record.line;
      held.others.push(record);
      held.order.push(ENTRY.other);
    },
    finish() {
      const { whole, letters, listOrigins, origins, others, order, times, lines, rankings, users, items, types } = held;
      held = emptyBlock();
      return {
        ...{ line, others, lists: builder.finish() },
        whole: Uint8Array.from(whole),
        letters: Int32Array.from(letters),
        order: Uint8Array.from(order),
        rawOf: (row) => listOrigins[row].raw(),
        placeOf: (row) => listOrigins[row].place(),
        interactions: {
          ...{ rankings, typeNames },
          times: Float64Array.from(times),
          lines: Float64Array.from(lines),
          users: Int32Array.from(users),
          items: Int32Array.from(items),
          types: Int32Array.from(types),
          rawOf: (at) => origins[at].raw(),
          placeOf: (at) => origins[at].place(),
        },
      };
    },
  };

  function listed(letters: number, origin: Origin): void {
    held.letters.push(letters);
    held.listOrigins.push(origin);
    held.order.push(ENTRY.list);
  }

  function putInteraction({ time, line: at, ranking, user, item, type }: CodedInteraction, origin: Origin): void {
    line = at;
    held.times.push(time);
    held.lines.push(at);
    held.rankings.push(ranking);
    held.users.push(user);
    held.items.push(item);
    held.types.push(codeOfType(type));
    held.origins.push(origin);
    held.order.push(ENTRY.interaction);
  }

  function codeOfType(type: string): number {
    const known = typeCodes.get(type);
    if (known !== undefined) return known;
    typeCodes.set(type, typeNames.length);
    return typeNames.push(type) - 1;
  }
}

const emptyBlock = () => ({
  whole: [] as number[],
  letters: [] as number[],
  listOrigins: [] as Origin[],
  others: [] as SourceRecord[],
  order: [] as number[],
  times: [] as number[],
  lines: [] as number[],
  rankings: [] as string[],
  users: [] as number[],
  items: [] as number[],
  types: [] as number[],
  origins: [] as Origin[],
});
