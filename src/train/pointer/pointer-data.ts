import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { Places } from '../../slate/places.ts';

/** The requests a pointer learns from, and who judges its slates. Requests are numbered as the rows of `slates`. */
export interface PointerData {
  /** A row per request: its N candidates, in the order that `Places` number them; labels are the clicks of the logged slate. */
  readonly slates: SlateSource;
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
  /** How many of a row's candidates, the first ones, were shown. */
  readonly shownB: Int32Array;
  readonly value: SlateValues;
}

/** Values of slates of many requests at once, one array per request asked about; of a partial slate, of what stands on it. */
export type SlateValues = (asked: readonly AskedSlates[]) => Promise<readonly Float64Array[]>;

export interface AskedSlates {
  readonly request: number;
  readonly slates: readonly Places[];
}

/** N of a request. */
export const candidateCount = ({ slates }: PointerData, request: number): number =>
  slates.lengths(Int32Array.of(request))[0];
