import { resolveRecipe } from '../../jobs/settings.ts';
import { choiceInJournal } from '../../retrain/choice/in-journal.ts';
import { choiceOverHttp } from '../../retrain/choice/over-http.ts';
import { retrain, workIn } from '../../retrain/retrain.ts';
import type { Period } from '../../retrain/retrain-options.ts';
import type { RetrainOutcome } from '../../retrain/verdict.ts';
import { isRedisAddress } from '../../serve/replicas/redis-address.ts';
import { InputError } from '../../slate/input-error.ts';
import { checkRecipes, settingsOf } from '../asked-settings.ts';
import { EXIT, Interrupted, UsageError } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { openReadableJournal } from '../open-journal.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';

export interface RetrainArguments {
  readonly models: string;
  readonly server?: string;
  readonly key?: string;
  readonly recipe?: string;
  readonly seeds: number;
  readonly days: number;
  readonly margin: number;
  readonly keep: number;
  readonly leaveOut?: readonly Period[];
  readonly acceptUntil?: number;
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly workers: number;
  readonly json?: boolean;
}

const ENDED: Readonly<Record<RetrainOutcome, number>> = {
  activated: EXIT.clean,
  kept: EXIT.kept,
  stopped: EXIT.stopped,
};

export async function runRetrain(journal: string, options: RetrainArguments): Promise<void> {
  const { models, server, recipe, seeds, days, margin, keep, workers } = options;
  if (server === undefined && isRedisAddress(journal))
    throw new UsageError(
      'retrain: expected --server with the address of one of the replicas beside a journal in Redis, found none; name it',
    );
  const settings = await settingsOf(options);
  if (recipe !== undefined) checkRecipes('--recipe', [recipe], { settings });
  const opened = await openReadableJournal(journal);
  const key = options.key ?? process.env.SLATEWISE_KEY;
  try {
    const verdict = await retrain({
      ...{ models, settings, days, keep, workers },
      journal: { ...opened.journal, name: opened.name },
      choice: server === undefined ? choiceInJournal(journal, models) : choiceOverHttp({ url: server, key }),
      config: recipe === undefined ? undefined : resolveRecipe(recipe, settings),
      seeds: Array.from({ length: seeds }, (_, at) => at + 1),
      margin: margin / 100,
      leftOut: options.leaveOut ?? [],
      acceptedUntil: options.acceptUntil,
      reporter: createReporter(),
      signal: abortOnInterrupt(),
    });
    if (!verdict) throw new Interrupted(`interrupted; the same command goes on from ${workIn(models)}`);
    if (options.json) printJson(verdict);
    else process.stdout.write(`${verdict.text}\n`);
    process.exitCode = ENDED[verdict.outcome];
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'retrain-under-way') throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.locked;
  } finally {
    opened.close();
  }
}
