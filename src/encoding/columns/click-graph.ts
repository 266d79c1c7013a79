/**
 * The bipartite graph of users and the items they clicked, as known before each impression, sampled with a fixed fan-out: its cost grows with the fan-out, not
 * with the graph (Hamilton, Ying & Leskovec 2017, section 3.1).
 *
 * Legend: S slots, F sampled users per item, P kept users per item, N user nodes (a user as of some click), G clicked items per user.
 */

import type { Clicker, KnownClicks } from '../../memory/click-memory.ts';
import { growableIntegers } from './growable.ts';

export interface ClickGraphOptions {
  /** F: users sampled among the item's latest clickers. */
  readonly fanOut: number;
  /** G: latest clicked items of each of them. */
  readonly clicks: number;
  /** Of the sampling. */
  readonly seed: number;
  /** P: users kept per item, of whom training may draw `fanOut` anew; none unless told otherwise. */
  readonly redrawFrom?: number | undefined;
}

export const clickGraphDefaults: ClickGraphOptions = { fanOut: 5, clicks: 5, seed: 1 };

export interface EncodedClickGraph {
  readonly fanOut: number;
  readonly clicks: number;
  /** Nodes of the users who clicked each slot's item before its impression; -1 where there are fewer than F. */
  readonly neighbourSF: Int32Array;
  /** Nodes that training draws from, those of `neighbourSF` first: the first of them are the same for any P. -1 where there are fewer; absent where none are kept. */
  readonly neighbourSP?: Int32Array;
  /** Item rows that a node's user had clicked, latest first; -1 where there are fewer than G. */
  readonly clickedNG: Int32Array;
}

export interface ClickGraphSampler {
  /** Appends the neighbours of an impression's items, from the clicks that are known now. */
  append(items: readonly number[], time: number, known: GraphSource): void;
  finish(): EncodedClickGraph;
}

/** The clicks that are known, and the row of an item's current version, -1 where there is none. */
export interface GraphSource {
  readonly clicks: KnownClicks;
  readonly rowOf: (item: number) => number;
}

export function createClickGraphSampler(options: ClickGraphOptions): ClickGraphSampler {
  const { fanOut, clicks, seed, redrawFrom = 0 } = options;
  const P = redrawFrom > fanOut ? redrawFrom : 0;
  const neighbours = growableIntegers();
  const kept = growableIntegers();
  const clicked = growableIntegers();
  /** A user's latest node, which holds until the user clicks again. */
  const nodes = new Map<Clicker | number, { readonly clicks: number; readonly node: number }>();

  return {
    append(items, time, { clicks: known, rowOf }) {
      for (const item of items) {
        const clickers = known.items.get(item)?.clickers ?? [];
        const chosen = sample(clickers, { ...{ fanOut, count: Math.max(fanOut, P) }, key: keyOf(seed, item, time) });
        for (let f = 0; f < Math.max(fanOut, P); f++) {
          const user = chosen[f] === undefined ? undefined : known.users.get(chosen[f]);
          const node = user ? nodeOf(user, rowOf) : -1;
          if (f < fanOut) neighbours.push(node);
          if (f < P) kept.push(node);
        }
      }
    },
    finish: () => ({
      ...{ fanOut, clicks, neighbourSF: neighbours.finish(), clickedNG: clicked.finish() },
      ...(P > 0 ? { neighbourSP: kept.finish() } : {}),
    }),
  };

  function nodeOf(user: Clicker, rowOf: GraphSource['rowOf']): number {
    const key = user.life ?? user;
    const latest = nodes.get(key);
    if (latest?.clicks === user.clicks) return latest.node;
    const node = clicked.length / clicks;
    for (let g = 0; g < clicks; g++) clicked.push(g < user.clicked.length ? rowOf(user.clicked[g]) : -1);
    nodes.set(key, { clicks: user.clicks, node });
    return node;
  }
}

/** `count` of the candidates, each at most once: all where there are no more. The first `fanOut` are the same for any count. */
function sample(
  candidates: readonly string[],
  { fanOut, count, key }: { fanOut: number; count: number; key: number },
): readonly string[] {
  if (candidates.length <= fanOut) return candidates;
  const left = [...candidates];
  shuffleStart(left, { count, key });
  return left.slice(0, count);
}

/** Puts `count` of these, drawn by the key, in front: a Fisher-Yates shuffle that stops there. */
export function shuffleStart(values: { [at: number]: unknown; length: number }, { count, key }: Draw): void {
  let random = key;
  for (let at = 0; at < Math.min(count, values.length); at++) {
    random = mix(random + at);
    const other = at + (random % (values.length - at));
    [values[at], values[other]] = [values[other], values[at]];
  }
}

interface Draw {
  readonly count: number;
  /** 32 bits. */
  readonly key: number;
}

const keyOf = (seed: number, item: number, time: number): number => mix(mix(mix(seed) ^ item) ^ mix(time % 0x7fffffff));

/** A 32-bit finaliser with good avalanche (MurmurHash3). */
export function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
