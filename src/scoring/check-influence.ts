import { type ArgumentForm, checkArgument } from '../slate/check-argument.ts';

const INFLUENCE: ArgumentForm = {
  expected: 'influences',
  remedy: 'give what influence returns',
  parts: ['aloneK', 'togetherK', 'influenceKK'],
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

/** Throws `InputError` for what is no slate, and for what can score none. */
export function checkAskedInfluence(places: unknown, score: unknown): void {
  checkArgument(places, 'influence', PLACES);
  checkArgument(score, 'influence', SCORE);
}
