/** What `effects` tells: who lifts and who eats whom. Changes are of a click probability: 0.02 is 2 points. */
import type { PresenceEffect } from './presence-contrast.ts';

/** What the test lists answer to one question. */
export interface TestAnswer extends PresenceEffect {
  /** Of its permutation test. */
  readonly p: number;
  /** One of those that stand when all questions of its kind are counted. */
  readonly confirmed: boolean;
  /** Showings compared, those with it, and the users of all. */
  readonly showings: number;
  readonly present: number;
  readonly users: number;
}

/** A `decoy` lifts what beats it, dearer and worse as it is; `outshone`: what is lowered is dearer and worse; `double`: what is lowered is nearly the same. */
export type PairName = 'decoy' | 'outshone' | 'double';

/** What the presence of one does to the clicks on another. */
export interface PairEffect extends TestAnswer {
  readonly from: string;
  readonly to: string;
  /** What the model said. */
  readonly influence: number;
  /** Of a confirmed pair of items, where the fields tell it. */
  readonly name?: PairName;
}

/** Pairs of one kind. */
export interface PairFamily {
  /** `items`, or a field: its values are paired. */
  readonly by: string;
  /** Those that the model proposed: first the confirmed, of these first the one whose interval lies farthest from zero. */
  readonly pairs: readonly PairEffect[];
  /** Of a field. */
  readonly partners?: PartnerEffects;
}

/** What one partner's presence does to all the others. */
export interface Partner {
  readonly partner: string;
  /** Test lists that show it, and its own showings and clicks on them. */
  readonly lists: number;
  readonly showings: number;
  readonly clicks: number;
  /** Change for an item of another partner. */
  readonly onOthers: TestAnswer;
  /** Items of other partners on a list that shows it, on average: times `onOthers`, the clicks that a list's others gain or lose by it. */
  readonly others: number;
}

/** What one partner's presence does to another's items; of one with itself, what a second item of it does. */
export interface PartnerCell extends PresenceEffect {
  readonly from: string;
  readonly to: string;
  readonly showings: number;
  readonly present: number;
  /** Only pairs that the model proposed are tested. */
  readonly confirmed: boolean;
}

export interface PartnerEffects {
  /** Those with most showings, most first. */
  readonly partners: readonly Partner[];
  /** Where both were shown often enough with and without each other. 95 % intervals; those of confirmed pairs are as wide as told there. */
  readonly cells: readonly PartnerCell[];
  /** Partners on the test lists. */
  readonly all: number;
}

/** One of the effects that the literature knows. */
export interface ClassicalEffect {
  readonly name: 'attraction' | 'dominated' | 'compromise' | 'similarity';
  /** What is compared. */
  readonly meaning: string;
  /** What the literature says. */
  readonly direction: 1 | -1;
}

export type ClassicalAnswer = ClassicalEffect & TestAnswer;

/** Fields that say which of two items is dearer, which is better, and whether they can stand for each other. */
export interface ClassicalFields {
  readonly price: string;
  readonly quality: string;
  /** Items are compared with those of the same value; with all where it is left out. */
  readonly within?: string | undefined;
}

/** Who lifts and who eats whom, by kind of pair, with the effects that the literature knows. Plain JSON. */
export interface EffectsReport {
  /** Items, then each field. */
  readonly families: readonly PairFamily[];
  /** Absent where no fields tell a price and a quality. */
  readonly classical?: { readonly fields: ClassicalFields; readonly effects: readonly ClassicalAnswer[] };
  /** Test lists, and their users. */
  readonly lists: number;
  readonly users: number;
  /** Training lists on which every item was left out in turn. */
  readonly askedLists: number;
  /** Of what is told, at most this share is chance. */
  readonly rate: number;
}
