/**
 * The bipartite graph of users and the items they clicked, as known before each impression, sampled with a fixed fan-out: its cost grows with the fan-out, not
 * with the graph (Hamilton, Ying & Leskovec 2017, section 3.1).
 *
 * Legend: S slots, F sampled users per item, N user nodes (a user as of some click), G clicked items per user.
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
}

export const clickGraphDefaults: ClickGraphOptions = { fanOut: 5, clicks: 5, seed: 1 };

export interface EncodedClickGraph {
  readonly fanOut: number;
  readonly clicks: number;
  /** Nodes of the users who clicked each slot's item before its impression; -1 where there are fewer than F. */
  readonly neighbourSF: Int32Array;
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

export function createClickGraphSampler({ fanOut, clicks, seed }: ClickGraphOptions): ClickGraphSampler {
  const neighbours = growableIntegers();
  const clicked = growableIntegers();
  /** A user's latest node, which holds until the user clicks again. */
  const nodes = new Map<Clicker, { readonly clicks: number; readonly node: number }>();

  return {
    append(items, time, { clicks: known, rowOf }) {
      for (const item of items) {
        const chosen = sample(known.items.get(item)?.clickers ?? [], { count: fanOut, key: keyOf(seed, item, time) });
        for (let f = 0; f < fanOut; f++) {
          const user = chosen[f] === undefined ? undefined : known.users.get(chosen[f]);
          neighbours.push(user ? nodeOf(user, rowOf) : -1);
        }
      }
    },
    finish: () => ({ fanOut, clicks, neighbourSF: neighbours.finish(), clickedNG: clicked.finish() }),
  };

  function nodeOf(user: Clicker, rowOf: GraphSource['rowOf']): number {
    const latest = nodes.get(user);
    if (latest?.clicks === user.clicks) return latest.node;
    const node = clicked.length / clicks;
    for (let g = 0; g < clicks; g++) clicked.push(g < user.clicked.length ? rowOf(user.clicked[g]) : -1);
    nodes.set(user, { clicks: user.clicks, node });
    return node;
  }
}

/** Some of the candidates, each at most once: all where there are no more than wanted. */
function sample(candidates: readonly string[], { count, key }: { count: number; key: number }): readonly string[] {
  if (candidates.length <= count) return candidates;
  const left = [...candidates];
  let random = key;
  for (let at = 0; at < count; at++) {
    random = mix(random + at);
    const other = at + (random % (left.length - at));
    [left[at], left[other]] = [left[other], left[at]];
  }
  return left.slice(0, count);
}

const keyOf = (seed: number, item: number, time: number): number => mix(mix(mix(seed) ^ item) ^ mix(time % 0x7fffffff));

/** A 32-bit finaliser with good avalanche (MurmurHash3). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
