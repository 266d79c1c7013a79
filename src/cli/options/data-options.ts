import type { Command } from 'commander';
import { allowRejectsOption, cacheOption, configOption, splitOption, workersOption } from './options.ts';

/** What every command is told that reads a log, splits it and works on its parts. */
export interface DataArguments {
  readonly split?: 'time' | 'user';
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly workers: number;
  readonly cache: string;
  readonly allowRejects: number;
  readonly json?: boolean;
}

/** Adds the options of `DataArguments`, but `--json`, whose text is each command's own. */
export const addDataOptions = (command: Command): Command =>
  command
    .addOption(splitOption())
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(cacheOption())
    .addOption(allowRejectsOption());
