import type { EncodedSlates } from '../features/encoded-slates.ts';
import type { Places } from '../slate/places.ts';

/** The requests a pointer learns from, and who judges its slates. Requests are numbered as the rows of `slates`. */
export interface PointerData {
  /** A row per request: its N candidates, in the order that `Places` number them. */
  readonly slates: EncodedSlates;
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
  readonly value: SlateValues;
  /** What is imitated first; places it says nothing of are `EMPTY`. */
  demonstrate(request: number): Promise<Places>;
  /** What held-out requests are measured against. */
  search(request: number): Promise<Places>;
}

/** Values of slates of many requests at once: one array per request asked about. */
export type SlateValues = (asked: readonly AskedSlates[]) => Promise<readonly Float64Array[]>;

export interface AskedSlates {
  readonly request: number;
  readonly slates: readonly Places[];
}
