/** Legend: N candidates, K slate. */

import { InputError } from '../../slate/input-error.ts';
import { EMPTY, isWhole, type Places } from '../../slate/places.ts';
import { requestName } from '../../slate/request-name.ts';
import type { GenerationTask, Generator, SlateRules, ValuedSlate } from '../generator.ts';
import { costOf } from '../search-limit.ts';
import { bestOf, freePlaces, portionsOf, valued, withNext } from './valued.ts';

export interface ExhaustiveOptions {
  /** Slates it will look at, at most. */
  readonly limit: number;
}

/** Cost of the slates that are asked about at once. */
const PORTION = 25_000;

/**
 * Values every ordered slate that keeps the rules, so what it finds is the best there is; of equal slates the first in the order of the request. Throws `InputError` when
 * there may be more than `limit`, counted without the rules' exclusions.
 */
export function exhaustiveGenerator({ limit }: ExhaustiveOptions = { limit: 200_000 }): Generator {
  return {
    name: 'exhaustive',
    looksAtAll: true,
    async generate(task) {
      const slates = slatesOf(task);
      if (slates > limit) throw new InputError(tooMany(task, slates, limit), 'too-large');
      let best: readonly ValuedSlate[] = [];
      const { limit: search } = task;
      for (const chunk of portionsOf(
        everySlate(task.rules, task.rules.start),
        Math.min(PORTION, search?.portion ?? PORTION),
      )) {
        if (best.length > 0 && search?.isOver()) break;
        search?.spend(chunk.reduce((sum, places) => sum + costOf(places), 0));
        best = bestOf([...best, ...(await valued(task.value, chunk))], task.count);
      }
      return best;
    },
  };
}

/** Ordered slates of `places` out of `candidates`: N! / (N - K)!. */
export function countSlates(candidates: number, places: number): number {
  let slates = 1;
  for (let place = 0; place < places; place++) slates *= candidates - place;
  return slates;
}

/** Ordered slates of a task when only its pins are reckoned with. */
export function slatesOf({ request, rules }: GenerationTask): number {
  const free = freePlaces(rules.start).length;
  return countSlates(request.items.length - (rules.start.length - free), free);
}

function* everySlate(rules: SlateRules, places: Places): IterableIterator<Places> {
  if (isWhole(places)) yield places;
  else for (const candidate of rules.choices(places)) yield* everySlate(rules, withNext(places, candidate));
}

function tooMany({ request, rules }: GenerationTask, slates: number, limit: number): string {
  const pinned = rules.start.filter((candidate) => candidate !== EMPTY).length;
  const pins = pinned > 0 ? `, ${pinned} pinned` : '';
  return (
    `${requestName(request.id)}: exhaustive search looks at ${limit.toLocaleString('en')} slates at most, ` +
    `found ${slates.toLocaleString('en')} (${rules.start.length} of ${request.items.length} candidates in order${pins}); ` +
    'ask for beam or swap, or a shorter slate'
  );
}
