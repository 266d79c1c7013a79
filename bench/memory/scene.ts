/** Many users, lists drawn at random, and a memory that meets them: what the memory's costs are measured on. */
import type { DescribeItem } from '../../src/memory/item-version.ts';
import { createMemory, type Memory, type MemoryOptions } from '../../src/memory/memory.ts';
import { createRng } from '../../src/random/rng.ts';
import type { RankingEvent } from '../../src/slate/events.ts';

const ITEMS = 5000;
const LIST = 10;
const KINDS = 20;
const TAGS = 30;
const TAGS_OF_ITEM = 3;
const COLUMNS = 6;
/** Milliseconds between two lists: few are open at a time, so that what is measured is users. */
const STEP = 2000;

export interface MemoryScene {
  readonly memory: Memory;
  readonly options: MemoryOptions;
  /** Shows so many users from number `first` on as many lists each, round after round; events that were told. */
  show(of: { readonly users: number; readonly first: number; readonly lists: number }): number;
  /** Shows one list to a user, and tells its click where it has one; events that were told. */
  showOne(user: number, round: number): number;
  /** So many milliseconds without an event. */
  pass(milliseconds: number): void;
}

/** An item of a kind, with three tags of thirty and six numbers. */
const describe: DescribeItem = ({ index, fields }) => {
  const rng = createRng(`item ${index}`);
  const tags = new Set<number>();
  while (tags.size < TAGS_OF_ITEM) tags.add(1 + KINDS + rng.integer(TAGS));
  const tokens = [1 + rng.integer(KINDS), ...tags];
  const weights = tokens.map(() => 0.2 + rng.next());
  const length = Math.hypot(...weights);
  return {
    item: index,
    dense: Array.from({ length: COLUMNS }, () => rng.next() - 0.5),
    tokens,
    tokenWeights: weights.map((weight) => weight / length),
    tokenStarts: [0, 1, tokens.length],
    bags: [],
    fields,
  };
};

export const memorySceneOptions: MemoryOptions = {
  describe,
  denseColumns: COLUMNS,
  joinWindow: 30 * 60_000,
  labelTypes: ['click'],
};

export function memoryScene(
  options: MemoryOptions = memorySceneOptions,
  memory: Memory = createMemory(options),
): MemoryScene {
  const rng = createRng('lists');
  let time = Math.max(memory.clock, 1_700_000_000_000);
  let told = memory.counters.lists;

  function showOne(user: number, round: number): number {
    time += STEP;
    const ids = new Set<number>();
    while (ids.size < LIST) ids.add(rng.integer(ITEMS));
    const items = Array.from(ids, (id) => ({ id: `item-${id}`, fields: {} }));
    const list: RankingEvent = {
      ...{ event: 'ranking', id: `list-${told++}`, time, user: `user-${user}`, fields: {} },
      items,
    };
    memory.apply(list);
    if (round % 2 === 1) return 1;
    memory.apply({
      ...{ event: 'interaction', ranking: list.id, time: ++time, user: list.user },
      ...{ item: items[rng.integer(LIST)].id, type: 'click' },
    });
    return 2;
  }

  return {
    memory,
    options,
    showOne,
    show({ users, first, lists }) {
      let events = 0;
      for (let round = 0; round < lists; round++)
        for (let user = first; user < first + users; user++) events += showOne(user, round);
      return events;
    },
    pass(milliseconds) {
      time += milliseconds;
      memory.apply({ event: 'item', item: 'item-0', time, fields: {} });
    },
  };
}
