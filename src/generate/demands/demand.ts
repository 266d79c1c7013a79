/**
 * What a rule asks of one slate, in the only three words that the search for slates knows. The search decides them exactly: a candidate is offered if and only if a
 * slate that meets every demand can still be made with it. Candidates are named by their index in the request, places from 0 at the top of the page.
 */
export type Demand = NeverShown | StandsAt | Counted;

/** These candidates are not eligible. May not depend on the size of the slate: that is counted from those that are left. */
export interface NeverShown {
  readonly never: readonly number[];
}

/** The candidate stands on this place; without a candidate nobody can, and no slate meets the demand. */
export interface StandsAt {
  readonly candidate: number | undefined;
  readonly place: number;
}

/** How many of these candidates the slate shows. */
export interface Counted {
  readonly members: readonly number[];
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
  /** Of the page's attention that they get at least, from 0 to 1; see `generate/demands/attention.ts`. */
  readonly share?: number | undefined;
}

/** All demands on a slate, by sort. */
export interface Demands {
  /** Of every candidate whether no demand forbids it. */
  readonly eligibleN: readonly boolean[];
  readonly at: readonly StandsAt[];
  readonly counted: readonly FamilyCount[];
}

/** Counts of one family are seen together: what all of its caps leave room for bounds how long a slate can be. It makes the search faster, not different. */
export interface FamilyCount {
  readonly family: string;
  readonly demand: Counted;
}
