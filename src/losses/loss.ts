import type { z } from 'zod';
import type { Tensor } from '../tensor/tensor.ts';
import type { ListCounts } from './counts.ts';
import type { LossInputs } from './slate-loss.ts';

/** Zod schemas of a loss's options, by name. */
export type OptionSchemas<Options extends object = object> = {
  readonly [name in keyof Options]-?: z.ZodType<Options[name]>;
};

/** Everything that the program knows of a loss: one file of this room each, and one line in `losses.ts`. */
export interface Loss<Name extends string = string, Options extends object = object> {
  readonly kind: 'loss';
  /** What recipes call it; its learning curve and its output of the training graph go by it too. */
  readonly name: Name;
  /** What a recipe may say of it beside its weight. */
  readonly schema: OptionSchemas<Options>;
  /** Of the options that a recipe leaves out. */
  readonly defaults: Options;
  /**
   * How much of each list its mean is over: the mean of a batch is a sum over its lists, divided by the sum of their counts. So a step is the same however
   * its batch is cut into pieces. A list of count 0 has nothing to teach.
   */
  counts(list: ListCounts, options: Options): number;
  /** The formula: a scalar to minimise, the mean over what `counts` counts; 0 where that is nothing. */
  build(inputs: LossInputs, options: Options): Tensor;
  /**
   * What scores mean where it is smallest: each item's click probability, or the probability of being the one that is chosen. Absent: they order items only, and their log
   * loss says nothing of what was learned.
   */
  readonly calibrates?: 'clicks' | 'choice';
  /** Items of the longest list that it can take with these options: what it costs grows with a power of the length. Any list where left out. */
  longestList?(options: Options): number;
  /** Whether it reads `userBD`: then users known well enough have a vector of their own. */
  readonly readsUser?: boolean;
  /** Whether it reads `clickBK` and `noClickBK`, which only models with the head `joint` have. */
  readonly readsTwoLogits?: boolean;
}

/** A term of a recipe: a loss by name, what it weighs, and its options. */
export interface LossConfig {
  readonly name: string;
  readonly weight: number;
  readonly [option: string]: unknown;
}

/** The terms that a recipe may make of one loss: `{ ... } satisfies ConfigOf<typeof tripletLoss>`. */
export type ConfigOf<L> =
  L extends Loss<infer Name, infer Options>
    ? { readonly name: Name; readonly weight: number } & { readonly [option in keyof Options]: Options[option] }
    : never;
