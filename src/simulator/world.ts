/** A small marketplace with known truth: who lives there, what is on sale, and how likely every click is. Formulas: docs/simulator.md. */
import { createRng, type Rng } from '../random/rng.ts';
import type { Fields } from '../slate/fields.ts';

/** Epoch milliseconds at which every simulation begins: 2024-01-01. Its items are told a second before. */
export const START = 1_704_067_200_000;

export interface WorldOptions {
  readonly seed: number;
  readonly items: number;
  readonly users: number;
  readonly categories: number;
  /** Deviation, on the logit, of how much a segment likes the categories; 0.8 where left out. */
  readonly tastes?: number | undefined;
}

export const worldDefaults: WorldOptions = { seed: 1, items: 400, users: 2000, categories: 8 };

export interface WorldItem {
  readonly id: string;
  readonly category: number;
  readonly brand: number;
  readonly price: number;
  /** Log price over its category's typical price. */
  readonly dearness: number;
  /** As shown to everyone, in stars around 3. */
  readonly rating: number;
  readonly fields: Fields;
}

export interface WorldUser {
  readonly id: string;
  /** Per category. */
  readonly tastes: Float64Array;
  /** How much a doubling of the price puts the user off. */
  readonly priceSensitivity: number;
  readonly fields: Fields;
}

export interface World {
  readonly items: readonly WorldItem[];
  readonly users: readonly WorldUser[];
}

const SEGMENTS = ['student', 'family', 'professional', 'retired'];
const BUDGETS = [
  { name: 'low', sensitivity: 2.2 },
  { name: 'middle', sensitivity: 1.2 },
  { name: 'high', sensitivity: 0.4 },
];
/** Of the budgets, each as frequent. */
export const AVERAGE_SENSITIVITY: number =
  BUDGETS.reduce((sum, { sensitivity }) => sum + sensitivity, 0) / BUDGETS.length;
/** Of what a segment likes, unless told otherwise. */
const SEGMENT_TASTE = 0.8;
const BRANDS_PER_CATEGORY = 5;
/** Deviation of what cannot be read off a user's fields: part of every taste is learned only from clicks. */
const HIDDEN_TASTE = 0.1;

export function createWorld(options: WorldOptions): World {
  const rng = createRng(options.seed).split('world');
  return { items: createItems(rng.split('items'), options), users: createUsers(rng.split('users'), options) };
}

/** A third of the items are variants of an earlier one: dearer and worse (a decoy for it), or nearly the same. */
function createItems(rng: Rng, { items: count, categories }: WorldOptions): WorldItem[] {
  const typicalPrices = Array.from({ length: categories }, () => Math.round(500 * Math.exp(rng.normal() * 0.8)));
  const items: WorldItem[] = [];
  for (let index = 0; index < count; index++) {
    const model = index > categories && rng.next() < 0.4 ? items[rng.integer(index)] : undefined;
    const category = model?.category ?? rng.integer(categories);
    const brand = model?.brand ?? category * BRANDS_PER_CATEGORY + rng.integer(BRANDS_PER_CATEGORY);
    const dominated = model !== undefined && rng.next() < 0.6;
    const dearness = model
      ? model.dearness + (dominated ? 0.05 + 0.15 * rng.next() : 0.04 * rng.normal())
      : rng.normal() * 0.45;
    const rating = model
      ? model.rating - (dominated ? 0.2 + 0.5 * rng.next() : 0.05 * rng.normal())
      : 3 + rng.normal() * 0.7;
    items.push(item({ index, category, brand, dearness, rating, typicalPrice: typicalPrices[category] }));
  }
  return items;
}

interface ItemTraits {
  readonly index: number;
  readonly category: number;
  readonly brand: number;
  readonly dearness: number;
  readonly rating: number;
  readonly typicalPrice: number;
}

function item({ index, category, brand, dearness, rating, typicalPrice }: ItemTraits): WorldItem {
  const price = Math.max(1, Math.round(typicalPrice * Math.exp(dearness)));
  const stars = Math.round(Math.min(5, Math.max(1, rating)) * 20) / 20;
  const fields = {
    price,
    price_level: Math.round(Math.log(price / typicalPrice) * 100) / 100,
    rating: stars,
    category: `category ${category + 1}`,
    brand: `brand ${brand + 1}`,
  };
  return { id: `i${index + 1}`, category, brand, price, dearness: fields.price_level, rating: stars, fields };
}

function createUsers(rng: Rng, { users, categories, tastes = SEGMENT_TASTE }: WorldOptions): WorldUser[] {
  const segmentTastes = SEGMENTS.map(() => Array.from({ length: categories }, () => rng.normal() * tastes));
  return Array.from({ length: users }, (_, index) => {
    const segment = rng.integer(SEGMENTS.length);
    const budget = BUDGETS[rng.integer(BUDGETS.length)];
    return {
      id: `u${index + 1}`,
      tastes: Float64Array.from(segmentTastes[segment], (taste) => taste + rng.normal() * HIDDEN_TASTE),
      priceSensitivity: budget.sensitivity * Math.exp(rng.normal() * 0.05),
      fields: { segment: SEGMENTS[segment], budget: budget.name },
    };
  });
}
