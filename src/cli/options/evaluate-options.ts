import type { Command } from 'commander';
import type { Assumption } from '../../measure/off-policy-assumptions.ts';
import { UsageError } from '../exit-codes.ts';
import type { DataArguments } from './data-options.ts';
import { checkPointer } from './options.ts';

export interface EvaluateArguments extends Omit<DataArguments, 'split'> {
  readonly allowOverlap?: boolean;
  readonly value?: string;
  readonly by?: readonly string[];
  readonly generator?: readonly string[];
  readonly size: number;
  readonly rules?: string;
  readonly assume?: Assumption;
  readonly pointer?: string;
  readonly objective: string;
  readonly heldOut?: boolean;
  readonly judge?: string;
  readonly truth?: string;
  readonly against?: string;
  readonly againstGenerator: string;
  readonly candidates: number;
  readonly requests: number;
  readonly gap?: boolean;
  readonly seed: number;
}

type Name = keyof EvaluateArguments;

const OF_MARKET: readonly Name[] = ['against', 'againstGenerator', 'candidates', 'requests', 'gap'];
const OF_LOG: readonly Name[] = ['heldOut', 'judge', 'allowOverlap', 'rules', 'assume', 'cache', 'allowRejects'];
const OF_GENERATORS: readonly Name[] = [
  'truth',
  ...OF_MARKET,
  'heldOut',
  'judge',
  'size',
  'objective',
  'rules',
  'assume',
  'seed',
];

/**
 * `evaluate` judges a model on a log, generators on a log, or generators on a simulated market; an option of one says nothing to the others. Throws `UsageError` for what
 * would be passed over in silence.
 */
export function checkEvaluate(data: string | undefined, options: EvaluateArguments, command: Command): void {
  const { generator, truth, size, candidates } = options;
  const refuse = (names: readonly Name[], why: string): void => {
    const name = names.find((each) => command.getOptionValueSource(each) === 'cli');
    if (name === undefined) return;
    const flag = command.options.find((option) => option.attributeName() === name)?.long;
    throw new UsageError(`${flag}: expected ${why}`);
  };
  if (generator !== undefined)
    refuse(
      ['value', 'by'],
      'without --generator, whose slates are judged by --objective, found both; leave one of them out',
    );
  checkPointer(generator ?? [], options.pointer);
  if (generator === undefined) refuse(OF_GENERATORS, 'with --generator, found none; name generators, or leave it out');
  if (truth === undefined) {
    refuse(OF_MARKET, 'with --truth, found none; name a truth file, or leave it out');
    if (options.heldOut)
      refuse(
        ['allowOverlap'],
        'without --held-out, which judges lists of the same log, found both; leave one of them out',
      );
    if (data !== undefined) return;
    throw new UsageError(
      'evaluate: expected a data set folder or an event log after the model, found none; name one, or --truth with --generator for a simulated market',
    );
  }
  refuse(OF_LOG, 'on a log, found --truth, which judges on a simulated market; leave one of them out');
  if (data !== undefined) {
    throw new UsageError(
      `--truth: expected no log beside it, found ${data}; leave the log out to judge on the simulated market, or --truth to judge on the log`,
    );
  }
  if (candidates < size) {
    throw new UsageError(
      `--candidates: expected at least as many as --size, found ${candidates} for slates of ${size}; raise it or lower --size`,
    );
  }
}
