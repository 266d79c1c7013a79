/** What would be, if: the list with other items or other fields, asked without telling the model that it is so. */
import type { AsIf } from '../scoring/memory-as-if.ts';
import type { FoundWhatIf } from '../scoring/what-if.ts';
import type { LogEvent, RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { show } from '../slate/rejected-event.ts';
import type { CallOptions } from './call-options.ts';
import { readLiveEvent } from './live-event.ts';

/** What is taken to be otherwise, for one answer. */
export interface WhatIfOptions extends CallOptions {
  /** Of items by id: fields that are taken to have these values, such as `{ large: { price: 140 } }`; `null` takes a field away. */
  readonly asIf?: Readonly<Record<string, unknown>> | undefined;
  /** Items that are not on the list: the best exchange of one of these for one that is on it is told. */
  readonly swaps?: readonly (string | number)[] | undefined;
  /** Items of the list that stay: no exchange takes one of them out. */
  readonly pinned?: readonly (string | number)[] | undefined;
}

/** What a list would be like. */
export interface WhatIf {
  /** Id of the request. */
  readonly request: string;
  /** In the order of the request. */
  readonly items: readonly WhatIfItem[];
  /** Sum of the probabilities. */
  readonly expectedClicks: number;
  /** Probability of at least one click. */
  readonly anyClick: number;
  /** Row j, column i: what item j of the list does to the click probability of item i; null on the diagonal. */
  readonly influence: readonly (readonly (number | null)[])[];
  /** Only where items to exchange were given. */
  readonly swap?: BestSwap | undefined;
  /** Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds. */
  readonly asOf?: number | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** An item of such a list. */
export interface WhatIfItem {
  readonly item: string;
  /** 0-based. */
  readonly position: number;
  /** Click probability in the company of the list. */
  readonly probability: number;
  /** The same at its place with nothing beside it. */
  readonly alone: number;
  /** What its being there changes in the probability that anything is clicked. */
  readonly anyClickChange: number;
}

/** The exchange of one item that brings the most expected clicks, which may be fewer than the list has. */
export interface BestSwap {
  /** The item that leaves. */
  readonly out: string;
  /** The item that takes its place. */
  readonly in: string;
  readonly expectedClicks: number;
  readonly anyClick: number;
  /** Exchanges that were tried. */
  readonly tried: number;
  /** All that there are. */
  readonly of: number;
}

export interface ReadAsIfOptions {
  readonly now: number;
  readonly clock: number;
  readonly checkValues: (event: LogEvent) => void;
}

/** Reads fields as an item event has them. Throws `InputError` for what no event may say. */
export function readAsIf(given: unknown, options: ReadAsIfOptions): AsIf {
  if (given === undefined) return new Map();
  if (!isPlainRecord(given))
    throw new InputError(
      `asIf: expected fields by item, such as { large: { price: 140 } }, found ${show(given)}; give an object`,
      'invalid-option',
    );
  return new Map(
    Object.entries(given).map(([item, fields]) => {
      try {
        const event = readLiveEvent({ event: 'item', item, fields }, options);
        options.checkValues(event);
        return [item, event.event === 'item' ? event.fields : {}] as const;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new InputError(`asIf: ${show(item)}: ${error.message.replace(/^observe: /, '')}`, error.code);
      }
    }),
  );
}

/** Those that are not on the list, each once. Throws `InputError` for what are no ids. */
export function readSwaps(given: unknown, { items }: RankingEvent): readonly string[] {
  const shown = new Set(items.map(({ id }) => id));
  return [...readIds(given, 'swaps')].filter((id) => !shown.has(id));
}

/** Where the items stand that stay. Throws `InputError` for one that is not on the list. */
export function readPinned(given: unknown, { items }: RankingEvent, placeOf: readonly number[]): ReadonlySet<number> {
  const ids = items.map(({ id }) => id);
  return new Set(
    [...readIds(given, 'pinned')].map((id) => {
      const at = ids.indexOf(id);
      if (at >= 0) return placeOf[at];
      throw new InputError(
        `pinned: expected items of the list, found ${show(id)}; leave it out, or put it on the list`,
        'invalid-option',
      );
    }),
  );
}

function readIds(given: unknown, name: string): ReadonlySet<string> {
  if (given === undefined) return new Set();
  if (Array.isArray(given) && given.every((id) => typeof id === 'string' || typeof id === 'number'))
    return new Set(given.map(String));
  throw new InputError(`${name}: expected a list of ids, found ${show(given)}; give ['i1', 'i2']`, 'invalid-option');
}

/** The answer as plain data. `ids`: of the items of the list, then of those that may be exchanged; `placeOf`: where each item of the list stands. */
export function whatIfOf(
  { influence, aloneK, swap }: FoundWhatIf,
  { ids, placeOf }: { readonly ids: readonly string[]; readonly placeOf: readonly number[] },
): Omit<WhatIf, 'request'> {
  const { togetherK, influenceKK, anyClickK, anyClick } = influence;
  const itemAt = new Map(placeOf.map((place, k) => [place, ids[k]]));
  return {
    items: placeOf.map((place, k) => ({
      item: ids[k],
      position: place,
      probability: togetherK[place],
      alone: aloneK[place],
      anyClickChange: anyClickK[place],
    })),
    expectedClicks: placeOf.reduce((sum, place) => sum + togetherK[place], 0),
    anyClick,
    influence: placeOf.map((j) => placeOf.map((i) => (i === j ? null : influenceKK[j][i]))),
    ...(swap
      ? {
          swap: {
            out: itemAt.get(swap.place) ?? '',
            in: ids[swap.candidate],
            expectedClicks: swap.expectedClicks,
            anyClick: swap.anyClick,
            ...{ tried: swap.tried, of: swap.of },
          },
        }
      : {}),
  };
}
