/** Legend: N candidates. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { assignSplit, type SplitOptions } from '../../datasets/walk/split.ts';
import { walk } from '../../datasets/walk/walk.ts';
import type { Memory } from '../../memory/memory.ts';
import type { Rng } from '../../random/rng.ts';
import type { LogEvent, RankedItem } from '../../slate/events.ts';
import type { Impression } from '../../slate/impression.ts';
import { foldMembers, type UserFold } from '../user-fold.ts';

/** A logged request with more to choose from than was shown. */
export interface PointerRequest {
  readonly part: 'train' | 'heldOut';
  /** Its items are the N candidates, all at position 0: what was shown, then others. Clicks are the logged ones. */
  readonly impression: Impression;
  /** How many of them were shown. */
  readonly shown: number;
}

export interface PointerRequestsOptions {
  readonly split: SplitOptions;
  /** Training requests are of these training users only; of all without. */
  readonly fold?: UserFold | undefined;
  /** Empty; everything the walk meets enters it. */
  readonly memory: Memory;
  /** How many requests to take, evenly spaced, from the training part and from the validation part; all where there are fewer. */
  readonly train: number;
  readonly heldOut: number;
  /** N; fewer where fewer items are known by then. */
  readonly candidates: number;
  readonly rng: Rng;
  /** Called at the moment of the request: the memory knows what came before, and nothing else. Whatever is to be kept must be taken here. */
  readonly capture: (request: PointerRequest) => void;
  readonly onProgress?: (lists: number, total: number) => void;
}

/**
 * Walks a data set in time order and meets each chosen request as it was met then: with the memory of its moment, and candidates among the items known by then.
 * Held-out users come after the training users, as in `encodeDataset`.
 * With a fold every list enters the memory, as when the fold's scorer was trained; only its users ask. Held: the memory and what `capture` keeps; no list.
 */
export async function walkRequests(dataset: Dataset, options: PointerRequestsOptions): Promise<void> {
  const { split, fold, memory, capture, rng, onProgress } = options;
  const facts = await dataset.impressionFacts();
  const parts = assignSplit(facts, split);
  const [train, heldOut] = [0, 1].map((part) => Int32Array.from(parts.keys()).filter((index) => parts[index] === part));
  const learned = fold ? listsOfUsers(train, facts.users, foldMembers(fold)) : train;
  const chosen = [spaced(learned, options.train), spaced(heldOut, options.heldOut)];
  const known = createKnownItems();
  let waiting = chosen[0].size + chosen[1].size;
  let lists = 0;
  const onEvent = (event: LogEvent): void => {
    if (event.event === 'item') known.add(event.item);
  };
  for await (const { index, part, impression } of walk(dataset, { parts, by: split.by, memories: [memory], onEvent })) {
    if (waiting === 0) return;
    if (part > 1) continue;
    if (chosen[part].has(index)) {
      const asked = withCandidates(impression, known.others, { ...options, rng: rng.split(index) });
      const shown = Math.min(impression.ranking.items.length, options.candidates);
      capture({ part: part === 0 ? 'train' : 'heldOut', impression: asked, shown });
      waiting--;
    }
    for (const { id } of impression.ranking.items) known.add(id);
    if (++lists % 200 === 0) onProgress?.(lists, parts.length);
  }
}

/** Those of the lists whose user is a member; lists of nobody known are users of their own. */
const listsOfUsers = (
  lists: Int32Array,
  users: readonly string[],
  isMember: (user: string | number) => boolean,
): Int32Array => lists.filter((index) => isMember(users[index] === '' ? index : users[index]));

/** `count` of the lists at even distances. */
function spaced(lists: Int32Array, count: number): ReadonlySet<number> {
  const taken = Math.min(count, lists.length);
  return new Set(Array.from({ length: taken }, (_, at) => lists[Math.floor(((at + 0.5) * lists.length) / taken)]));
}

interface KnownItems {
  add(id: string): void;
  /** Up to `count` different items that are not among these, drawn evenly. */
  others(shown: ReadonlySet<string>, count: number, rng: Rng): readonly string[];
}

function createKnownItems(): KnownItems {
  const ids: string[] = [];
  const seen = new Set<string>();
  return {
    add(id) {
      if (seen.has(id)) return;
      seen.add(id);
      ids.push(id);
    },
    others(shown, count, rng) {
      let free = ids.length;
      for (const id of shown) if (seen.has(id)) free--;
      const wanted = Math.min(count, free);
      // Nearly all of them: shuffled; few of many: drawn until they differ.
      if (2 * wanted > free) return rng.shuffle(ids.filter((id) => !shown.has(id))).slice(0, wanted);
      const drawn = new Set<string>();
      while (drawn.size < wanted) {
        const id = ids[rng.integer(ids.length)];
        if (!shown.has(id)) drawn.add(id);
      }
      return [...drawn];
    },
  };
}

function withCandidates(
  { ranking, clickTimesK }: Impression,
  others: KnownItems['others'],
  { candidates: N, rng }: Pick<PointerRequestsOptions, 'candidates' | 'rng'>,
): Impression {
  const shown = ranking.items.slice(0, N);
  const more = others(new Set(ranking.items.map(({ id }) => id)), N - shown.length, rng);
  const items = [...shown.map(({ id, fields }) => ({ id, fields })), ...more.map((id) => ({ id, fields: {} }))];
  const clickTimes = new Float64Array(items.length).fill(-1);
  clickTimes.set(clickTimesK.subarray(0, shown.length));
  return {
    ranking: { ...ranking, items: items.map((item): RankedItem => ({ ...item, position: 0 })) },
    clickTimesK: clickTimes,
  };
}
