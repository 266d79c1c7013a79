import { checkGiven, type GivenForm } from '../slate/check-given.ts';

const INFLUENCE: GivenForm = {
  expected: 'influences',
  remedy: 'give what influence returns',
  parts: ['aloneK', 'togetherK', 'influenceKK'],
};

const NAMES: GivenForm = { expected: 'the names of items, a list', remedy: 'give one a place', isSound: Array.isArray };

/** Throws `InputError` for what are no influences of items on each other, or no names of theirs. */
export function checkInfluence(influence: unknown, names: unknown, call: string): void {
  checkGiven(influence, call, INFLUENCE);
  checkGiven(names, call, NAMES);
}

const PLACES: GivenForm = {
  expected: 'the items at the places of a slate, an Int32Array',
  remedy: 'give the index of a candidate a place, -1 where it is empty',
  isSound: (places) => places instanceof Int32Array,
};

const SCORE: GivenForm = {
  expected: 'a function that scores slates',
  remedy: 'scorePlaces of trueMarket makes one',
  isSound: (score) => typeof score === 'function',
};

/** Throws `InputError` for what is no slate, and for what can score none. */
export function checkAskedInfluence(places: unknown, score: unknown): void {
  checkGiven(places, 'influence', PLACES);
  checkGiven(score, 'influence', SCORE);
}
