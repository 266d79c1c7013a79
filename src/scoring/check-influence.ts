import { type ArgumentForm, checkArgument } from '../slate/check-argument.ts';

const INFLUENCE: ArgumentForm = {
  expected: 'influences',
  remedy: 'give what influence returns',
  parts: ['averageK', 'togetherK', 'influenceKK'],
};

const NAMES: ArgumentForm = {
  expected: 'the names of items, a list',
  remedy: 'give one a place',
  isSound: Array.isArray,
};

/** Throws `InputError` for what are no influences of items on each other, or no names of theirs. */
export function checkInfluence(influence: unknown, names: unknown, call: string): void {
  checkArgument(influence, call, INFLUENCE);
  checkArgument(names, call, NAMES);
}

const PLACES: ArgumentForm = {
  expected: 'the items at the places of a slate, an Int32Array',
  remedy: 'give the index of a candidate a place, -1 where it is empty',
  isSound: (places) => places instanceof Int32Array,
};

const SCORE: ArgumentForm = {
  expected: 'a function that scores slates',
  remedy: 'scorePlaces of trueMarket makes one',
  isSound: (score) => typeof score === 'function',
};

const COMPANIES: ArgumentForm = {
  expected: 'lists by place, each an Int32Array',
  remedy: 'give indices of candidates, -1 where a place is empty',
  isSound: (companies) => Array.isArray(companies) && companies.every((each) => each instanceof Int32Array),
};

/** Throws `InputError` for what is no slate, no companies, and for what can score none. */
export function checkAskedInfluence(places: unknown, score: unknown, companies: unknown): void {
  checkArgument(places, 'influence', PLACES);
  checkArgument(score, 'influence', SCORE);
  checkArgument(companies, 'influence', COMPANIES);
}
