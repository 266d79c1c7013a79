import type { Candidate } from '../src/generate/candidate.ts';
import type { GenerationTask, SlateRules, SlateValue } from '../src/generate/generator.ts';
import { createRng } from '../src/random/rng.ts';
import type { RankingEvent } from '../src/slate/events.ts';

/** What a slate is worth when items are liked, liked less further down, and help or harm each other: drawn by seed, no two slates alike. */
export function setValue(seed: number, count: number): (places: ArrayLike<number>) => number {
  const rng = createRng(`set value ${seed}`);
  const likedN = Float64Array.from({ length: count }, () => rng.next());
  const pairNN = Float64Array.from({ length: count * count }, () => rng.normal() / 3);
  return (places) => {
    let sum = 0;
    for (let i = 0; i < places.length; i++) {
      if (places[i] < 0) continue;
      sum += likedN[places[i]] / Math.log2(i + 2);
      for (let j = 0; j < i; j++) if (places[j] >= 0) sum += pairNN[places[j] * count + places[i]];
    }
    return sum;
  };
}

/** What slates of this request are worth, and how many were asked for. */
export function counted(worth: (places: ArrayLike<number>) => number): { value: SlateValue; calls: number[] } {
  const calls: number[] = [];
  const value: SlateValue = async (slates) => {
    calls.push(slates.length);
    return Float64Array.from(slates, worth);
  };
  return { value, calls };
}

export const requestOf = (candidates: readonly Candidate[]): RankingEvent => ({
  event: 'ranking',
  id: 'r1',
  time: 0,
  user: 'u1',
  fields: {},
  items: candidates,
});

/** `count` candidates `i0`... with these fields. */
export const plainCandidates = (count: number, fields: (n: number) => Candidate['fields'] = () => ({})): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ id: `i${n}`, fields: fields(n) }));

export const taskOf = (
  candidates: readonly Candidate[],
  rules: SlateRules,
  value: SlateValue,
  count = 1,
  seed = 1,
): GenerationTask => ({
  request: requestOf(candidates),
  size: rules.start.length,
  value,
  rules,
  count,
  rng: createRng(seed),
});
