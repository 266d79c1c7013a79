/** Legend: W width. */
import { isWhole, type Places } from '../../slate/places.ts';
import type { ValuedSlate } from '../generator.ts';
import { bestOf, withNext, withValues } from './valued.ts';

/** One beam under way: a slate to start from, and what it may grow by. */
export interface BeamSearch {
  readonly start: Places;
  /** Candidates, ascending, that may take the first empty place; without any, a slate grows no more. */
  readonly choices: (places: Places) => readonly number[];
  /** W: partial slates kept after each place; 1 is a greedy search. */
  readonly width: number;
}

/** Values of the slates of several searches, one array per search: of all it asks about, or of the first of them only, where no more may be asked for. */
export type BeamValues = (grown: readonly (readonly Places[])[]) => Promise<readonly Float64Array[]>;

/**
 * What each search holds at its end, best first: the best W of everything its slates can grow to, place after place. All searches go in step: each place is one question
 * about all of them, of W N slates each at most. Of equal slates the earlier is kept: that of the better one before it, then of the earlier candidate. A search that
 * cannot grow holds its start; one that gets no values holds what it has, which may be nothing. Throws `RangeError` when a value is not a number.
 */
export async function searchBeams(
  searches: readonly BeamSearch[],
  value: BeamValues,
): Promise<readonly (readonly ValuedSlate[])[]> {
  let beams: readonly (readonly ValuedSlate[])[] = searches.map(() => []);
  let grown = searches.map(({ start, choices }) => {
    const first = extensions(start, choices);
    return first.length > 0 ? first : [start];
  });
  while (grown.some((slates) => slates.length > 0)) {
    const values = await value(grown);
    beams = beams.map((beam, at) =>
      values[at].length === 0 ? beam : bestOf(withFirst(grown[at], values[at]), searches[at].width),
    );
    grown = beams.map((beam, at) =>
      values[at].length === 0 ? [] : beam.flatMap(({ places }) => extensions(places, searches[at].choices)),
    );
  }
  return beams;
}

/** Those of the slates that were valued. */
const withFirst = (slates: readonly Places[], values: Float64Array): readonly ValuedSlate[] =>
  withValues(slates.slice(0, values.length), values);

/** The slate with every candidate that may come next. */
const extensions = (places: Places, choices: BeamSearch['choices']): readonly Places[] =>
  isWhole(places) ? [] : choices(places).map((candidate) => withNext(places, candidate));
