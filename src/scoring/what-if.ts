/** What a list would be like: each item in this company and alone, what they do to each other, and the best exchange of one item. Legend: K places. */
import { EMPTY, type Places } from '../slate/places.ts';
import type { OpenRequest } from './candidate-scorer.ts';
import { type Influence, influence } from './influence.ts';
import { sigmoid } from './sigmoid.ts';

/** Items of the slates of one question at most: who asks next waits no longer than for one of these, and the search ends after one where nobody waits for it. */
const ITEMS_AT_ONCE = 300;
/** Items of all slates that are tried as exchanges: about a second. */
const MOST_TRIED_ITEMS = 40_000;

export interface FoundWhatIf {
  readonly influence: Influence;
  /** Click probability of each item at its place with nothing beside it; NaN at an empty one. */
  readonly aloneK: Float64Array;
  /** Undefined where nothing may be put in. */
  readonly swap: FoundSwap | undefined;
}

/** The exchange of one item for another that brings the most expected clicks, which may be fewer than there are. */
export interface FoundSwap {
  readonly place: number;
  /** Index of the item that comes in. */
  readonly candidate: number;
  readonly expectedClicks: number;
  readonly anyClick: number;
  /** Exchanges that were tried, of all that there are. */
  readonly tried: number;
  readonly of: number;
}

export interface WhatIfQuestion {
  /** Candidates that may be put in the place of an item. */
  readonly others: readonly number[];
  /** Places whose items stay. */
  readonly kept?: ReadonlySet<number>;
  /** The search for an exchange ends where it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

export async function askWhatIf(
  places: Places,
  open: OpenRequest,
  { others, kept = new Set(), signal }: WhatIfQuestion,
): Promise<FoundWhatIf> {
  const present = [...places.keys()].filter((place) => places[place] !== EMPTY);
  const nothing = new Int32Array(places.length).fill(EMPTY);
  const [found, alone, swap] = await Promise.all([
    influence(places, (slates) => open.score(slates, { missing: 'nothing' })),
    open.score(
      present.map((place) => nothing.with(place, places[place])),
      { missing: 'nothing' },
    ),
    bestSwap(places, open, { left: present.filter((place) => !kept.has(place)), others, signal }),
  ]);
  const aloneK = new Float64Array(places.length).fill(Number.NaN);
  for (const [at, place] of present.entries()) aloneK[place] = sigmoid(alone.logits[alone.offsets[at]]);
  return { influence: found, aloneK, swap };
}

async function bestSwap(
  places: Places,
  open: OpenRequest,
  {
    left,
    others,
    signal,
  }: { readonly left: readonly number[]; readonly others: readonly number[]; readonly signal: AbortSignal | undefined },
): Promise<FoundSwap | undefined> {
  const swaps = others.flatMap((candidate) => left.map((place) => ({ place, candidate })));
  const K = Math.max(
    1,
    places.reduce((count, at) => count + (at === EMPTY ? 0 : 1), 0),
  );
  const tried = swaps.slice(0, Math.floor(MOST_TRIED_ITEMS / K));
  const step = Math.max(1, Math.floor(ITEMS_AT_ONCE / K));
  let best: FoundSwap | undefined;
  for (let from = 0; from < tried.length; from += step) {
    signal?.throwIfAborted();
    const part = tried.slice(from, from + step);
    const { offsets, logits, slateLogitOf } = await open.score(
      part.map(({ place, candidate }) => places.with(place, candidate)),
      { missing: 'nothing' },
    );
    for (const [at, { place, candidate }] of part.entries()) {
      let expectedClicks = 0;
      for (let slot = offsets[at]; slot < offsets[at + 1]; slot++) expectedClicks += sigmoid(logits[slot]);
      if (best && best.expectedClicks >= expectedClicks) continue;
      const anyClick = sigmoid(slateLogitOf(at));
      best = { place, candidate, expectedClicks, anyClick, tried: tried.length, of: swaps.length };
    }
  }
  return best;
}
