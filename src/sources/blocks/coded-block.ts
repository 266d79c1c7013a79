/** A block with codes of its own: what one thread reads, and hands to another. */
import type { SavedOddNames } from '../../slate/odd-names.ts';
import type { EventBlock, IdCodes, InteractionBlock } from './event-block.ts';

/** Ids that a reader has met: those before are known from its earlier blocks, of which there are none where it begins anew. */
export interface NewIds {
  readonly before: number;
  readonly ids: readonly string[];
}

export interface CodedBlock {
  readonly block: Omit<EventBlock, 'rawOf' | 'placeOf' | 'interactions'> & {
    readonly interactions: Omit<InteractionBlock, 'rawOf' | 'placeOf'>;
  };
  readonly items: NewIds;
  readonly users: NewIds;
  readonly odd: SavedOddNames;
}

/** Gives a block the codes of the tables, and its lines those of the source, of which so many come before. It changes the block's arrays. */
export type Translate = (coded: CodedBlock, linesBefore: number) => CodedBlock['block'];

/** For the blocks of one reader, in their order. */
export function createTranslator(codes: IdCodes): Translate {
  const items = new Int32List();
  const users = new Int32List();
  return ({ block, items: newItems, users: newUsers }, linesBefore) => {
    items.length = newItems.before;
    for (const id of newItems.ids) items.push(codes.items.indexOf(id));
    users.length = newUsers.before;
    for (const id of newUsers.ids) users.push(codes.users.indexOf(id));
    const { lists, interactions, others, line } = block;
    translate(lists.items, items.values);
    translate(lists.users, users.values);
    translate(interactions.items, items.values);
    translate(interactions.users, users.values);
    addTo(lists.lines, linesBefore);
    addTo(interactions.lines, linesBefore);
    return {
      ...block,
      line: line + linesBefore,
      others: others.map((record) => ({ ...record, line: record.line + linesBefore })),
    };
  };
}

/** -1 is nobody. */
function translate(own: Int32Array, codes: Int32Array): void {
  for (let at = 0; at < own.length; at++) if (own[at] >= 0) own[at] = codes[own[at]];
}

function addTo(lines: Float64Array, before: number): void {
  for (let at = 0; at < lines.length; at++) lines[at] += before;
}

class Int32List {
  values: Int32Array = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const room = new Int32Array(2 * this.values.length);
      room.set(this.values);
      this.values = room;
    }
    this.values[this.length++] = value;
  }
}

/** The memory of a block, which another thread can have without a copy. */
export function buffersOf({ block: { lists, interactions, ...block } }: CodedBlock): ArrayBuffer[] {
  const fields = [...lists.request, ...lists.ranked].flatMap(({ kinds, values }) => [kinds, values]);
  const { times, lines, users, items, types } = interactions;
  return [
    ...[lists.times, lists.lines, lists.users, lists.starts, lists.items, lists.clickTimes, ...fields],
    ...(lists.propensities ? [lists.propensities] : []),
    ...[...Object.values(lists.texts), ...Object.values(lists.places)],
    ...[times, lines, users, items, types, block.whole, block.letters, block.order],
  ].map(({ buffer }) => buffer as ArrayBuffer);
}
