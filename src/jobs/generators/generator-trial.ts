import { type Generator, otherObjective } from '../../generate/generator.ts';
import type { Assumption } from '../../measure/off-policy-assumptions.ts';
import type { Memory } from '../../memory/memory.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { Reporter } from '../reporter.ts';

/** What trials of generators have in common, on a log and on the simulator. */
export interface TrialOptions {
  readonly generators: readonly TrialGenerator[];
  /** K. */
  readonly size: number;
  readonly objective: string;
  readonly seed: number;
  /** What is known of the clicks of a log: estimates that assume it have intervals too. */
  readonly assume?: Assumption | undefined;
  readonly workers: number;
  readonly command: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

/** A generator under the name of its row, with the memory that it reads beside the scorer's, if it has one. */
export interface TrialGenerator {
  readonly name: string;
  readonly generator: Generator;
  readonly memory?: Memory;
  /** The scorer that taught it, and its folder: whatever must hold of the model that makes slates must hold of it. */
  readonly taught?: { readonly folder: string; readonly scorer: StoredModel };
}

/** What slates are made for, and which generators learned to make them for something else. */
export const objectiveText = (options: Pick<TrialOptions, 'objective' | 'generators'>): string =>
  `objective ${learnedText(options)}`;

/** The same under the heading of its name. */
export function learnedText({ objective, generators }: Pick<TrialOptions, 'objective' | 'generators'>): string {
  const others = generators.flatMap(({ name, generator }) => {
    const learned = otherObjective(generator, objective);
    return learned === undefined ? [] : [`; ${name} learned ${learned}`];
  });
  return `${objective}${others.join('')}`;
}

export const RESAMPLES = 1000;
export const LEVEL = 0.95;
