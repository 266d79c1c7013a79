/** Legend: N candidates, K slate. */
import type { Rng } from '../random/rng.ts';
import type { RankingEvent } from '../slate/events.ts';
import type { Places } from '../slate/places.ts';
import type { SearchLimit } from './search-limit.ts';

/**
 * The contract of a generator: candidates, a size, a value and rules in; whole slates out, best first. Every generator is one implementation;
 * `test/generator-conformance.test.ts` holds what all of them promise.
 */
export interface Generator {
  readonly name: string;
  /** The objective that it learned to maximise, whatever value it is asked for; none of those that ask `task.value`. */
  readonly learnedObjective?: string | undefined;
  /** Whether it values every slate that keeps the rules: the first it gives is then the best there is. */
  readonly looksAtAll?: boolean;
  /** At most `task.count` different slates, and at least one, best first by `task.value`; of equal ones that found first. All rules hold for each. */
  generate(task: GenerationTask): Promise<readonly ValuedSlate[]>;
}

/** One request to a generator. */
export interface GenerationTask {
  /** Who asks, and the candidates: `request.items`, N of them. */
  readonly request: RankingEvent;
  /** K: places to fill, at most N. */
  readonly size: number;
  readonly value: SlateValue;
  readonly rules: SlateRules;
  /** What each of the N candidates adds on one page with all the others, in the order of the request; without it, `value` of each by itself is asked. */
  readonly together?: (() => Promise<Float64Array>) | undefined;
  /** Slates wanted; 1 unless alternatives are asked for. */
  readonly count: number;
  readonly rng: Rng;
  /** What the search may cost: asked before each further question, when it is over the generator ends with the best slate so far. Without one, no limit. */
  readonly limit?: SearchLimit | undefined;
}

/** A slate and what it is worth. */
export interface ValuedSlate {
  readonly places: Places;
  readonly value: number;
}

/** The objective that a generator maximises although another is asked for; undefined where it does what is asked. */
export const otherObjective = ({ learnedObjective }: Generator, asked: string): string | undefined =>
  learnedObjective === asked ? undefined : learnedObjective;

/** What a slate is worth, higher is better; of a partial slate, what stands on it so far is worth with the rest unknown. Many are asked for at once. */
export type SlateValue = (slates: readonly Places[]) => Promise<Float64Array>;

/** The rules of one task, known to be satisfiable. */
export interface SlateRules {
  /** K places with the pinned items, `EMPTY` elsewhere: what every generator starts from. */
  readonly start: Places;
  /** Candidates, ascending, that may take the first empty place such that the slate can still be completed; never empty on a slate that grew from `start` by choices. */
  choices(places: Places): readonly number[];
  /** Whether a whole slate keeps every rule, pins and no item twice included. */
  permits(places: Places): boolean;
  /** Nothing is counted: whatever stands elsewhere, a place that nothing is pinned to may hold any eligible candidate. */
  readonly isFree: boolean;
}
