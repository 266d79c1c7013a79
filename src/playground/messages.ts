/** What a page and the worker that learns say to each other. */
import type { EpochRecord } from '../train/epoch-record.ts';
import type { PlaygroundJudgement } from './judge.ts';
import type { PlaygroundRecipe } from './recipes.ts';
import type { TruthSettings } from './truth-settings.ts';

export type ToPlayground =
  /** Makes up a log; what was learned before is forgotten. */
  | { readonly kind: 'make'; readonly settings: TruthSettings }
  /** Takes the text of a log instead. */
  | { readonly kind: 'read'; readonly name: string; readonly text: string }
  /** Trains a recipe, or goes on where it was stopped; anew where it had come to its end. */
  | { readonly kind: 'train'; readonly recipe: PlaygroundRecipe; readonly seed: number }
  /** Ends the training under way after its step. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'weights'; readonly recipe: PlaygroundRecipe };

export type FromPlayground =
  | { readonly kind: 'preparing'; readonly lists: number }
  | { readonly kind: 'ready'; readonly facts: PlaygroundFacts }
  | ({ readonly kind: 'progress'; readonly recipe: PlaygroundRecipe } & PlaygroundProgress)
  | {
      readonly kind: 'epoch';
      readonly recipe: PlaygroundRecipe;
      readonly record: EpochRecord;
      readonly judgement: PlaygroundJudgement;
      /** Of training so far, what stood still between left out. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'ended';
      readonly recipe: PlaygroundRecipe;
      readonly how: 'stopped' | 'finished';
      readonly seconds: number;
    }
  | { readonly kind: 'weights'; readonly recipe: PlaygroundRecipe; readonly json: string }
  /** What was asked for last has failed. */
  | { readonly kind: 'fault'; readonly sentence: string };

export interface PlaygroundProgress {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  /** Lists that were learned from, each as often as it was met. */
  readonly lists: number;
  readonly listsPerSecond: number;
  readonly seconds: number;
}

/** What there is to learn from. */
export interface PlaygroundFacts {
  readonly name: string;
  readonly lists: number;
  readonly items: number;
  readonly users: number;
  readonly clickRate: number;
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', number>>;
  readonly rejected: number;
  /** The first line that was rejected, and why; empty where none was. */
  readonly firstRejected: string;
  readonly hasTruth: boolean;
}
