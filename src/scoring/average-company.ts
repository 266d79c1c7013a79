/** Real lists of the log as the company of an item: what it gets there is what a slate's own company is compared with. Legend: K places, C companies. */
import type { RankedItem, RankingEvent } from '../slate/events.ts';
import { EMPTY, type Places } from '../slate/places.ts';
import { pagePlaces } from './page-places.ts';

/** A request whose candidates are its own items, and behind them those of lists that were shown. */
export interface InCompany {
  readonly request: RankingEvent;
  /** The lists, by place, as indices of its items. */
  readonly companies: readonly Places[];
}

/** Items of companies, at most: what they cost is this times the length of the slate. */
const MOST_ITEMS = 600;

/** Adds as many of the lists as there is room for. What an item is on a list there, it is here. */
export function inCompany(request: RankingEvent, lists: readonly RankingEvent[]): InCompany {
  const items: RankedItem[] = [...request.items];
  const indexOf = new Map(items.map(({ id }, index) => [id, index]));
  const companies: Places[] = [];
  let room = MOST_ITEMS;
  for (const list of lists) {
    if (list.items.length > room) break;
    room -= list.items.length;
    companies.push(
      pagePlaces(list).map((k) => {
        if (k === EMPTY) return EMPTY;
        const { id, fields } = list.items[k];
        const index = indexOf.get(id) ?? items.length;
        if (index === items.length) {
          indexOf.set(id, index);
          items.push({ id, fields });
        }
        return index;
      }),
    );
  }
  return { request: { ...request, items }, companies };
}

/** The company with this item at this place, instead of what stood there; it stands nowhere else. */
export function placedIn(company: Places, { item, place }: { readonly item: number; readonly place: number }): Places {
  const slate = new Int32Array(Math.max(company.length, place + 1)).fill(EMPTY);
  for (const [at, other] of company.entries()) if (other !== item) slate[at] = other;
  slate[place] = item;
  return slate;
}

/** A mean over companies, with its 95 % interval: it covers which lists were drawn. */
export interface MeanOfCompanies {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer values tell too little of their spread. */
const LEAST = 5;

/** NaN of fewer than `LEAST`. The values are probabilities. */
export function meanOfCompanies(valueC: readonly number[]): MeanOfCompanies {
  const C = valueC.length;
  if (C < LEAST) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const mean = valueC.reduce((sum, value) => sum + value, 0) / C;
  const variance = valueC.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (C - 1);
  const half = studentT(C - 1) * Math.sqrt(variance / C);
  return { mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}

/** Of 95 % on both sides: Abramowitz & Stegun 26.7.5, right to a hundredth from 4 degrees of freedom on. */
function studentT(freedom: number): number {
  const z = 1.959964;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return terms.reduce((sum, term, order) => sum + term / freedom ** (order + 1), z);
}
