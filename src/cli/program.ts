import { Command, CommanderError } from 'commander';
import { ConfigError } from '../jobs/config-error.ts';
import { versions } from '../jobs/version.ts';
import { ClientError } from '../serve/client/client-error.ts';
import { InputError } from '../slate/input-error.ts';
import { EXIT, Interrupted, UsageError } from './exit-codes.ts';
import { fileErrorSentence } from './file-error.ts';
import { noConfigOption } from './options/options.ts';
import { auditCommand } from './verbs/audit.ts';
import { compareCommand } from './verbs/compare.ts';
import { demoCommand } from './verbs/demo.ts';
import { diagnoseCommand } from './verbs/diagnose.ts';
import { effectsCommand } from './verbs/effects.ts';
import { evaluateCommand } from './verbs/evaluate.ts';
import { experimentCommand } from './verbs/experiment.ts';
import { explainCommand } from './verbs/explain.ts';
import { exportCommand } from './verbs/export.ts';
import { generateCommand } from './verbs/generate.ts';
import { importCommand } from './verbs/import.ts';
import { pageCommand } from './verbs/page.ts';
import { reportCommand } from './verbs/report.ts';
import { retrainCommand } from './verbs/retrain.ts';
import { runsCommand } from './verbs/runs.ts';
import { scoreCommand } from './verbs/score.ts';
import { serveCommand } from './verbs/serve.ts';
import { simulateCommand } from './verbs/simulate.ts';
import { trainCommand } from './verbs/train.ts';
import { tuneCommand } from './verbs/tune.ts';
import { validateCommand } from './verbs/validate.ts';
import { worthCommand } from './verbs/worth.ts';

/** Runs one command line; the exit code says how it ended. */
export async function run(args: readonly string[]): Promise<number> {
  const program = createProgram();
  process.exitCode = EXIT.clean;
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.clean);
  } catch (error) {
    return exitCodeOf(error);
  }
}

export function createProgram(): Command {
  const program = new Command('slatewise')
    .description(
      'Learn from lists that were really shown: click probabilities in company, whole-list scores, honest comparisons.',
    )
    .version(versions().slatewise)
    .exitOverride()
    .showHelpAfterError('(slatewise --help lists the commands)')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise demo
  npx slatewise page
  npx slatewise compare events.jsonl.gz --split user --seeds 3 --out runs/mine
  npx slatewise train events.jsonl.gz --recipe attention-listnet --out models/a
  npx slatewise score models/a requests.jsonl
  npx slatewise generate models/a requests.jsonl --size 4
  npx slatewise serve models/a

Exit codes: 0 clean, 1 failed, 2 usage (options, config), 3 finished but more rejected lines than --allow-rejects, 130 interrupted.`,
    );
  for (const create of [
    demoCommand,
    simulateCommand,
    importCommand,
    validateCommand,
    trainCommand,
    tuneCommand,
    compareCommand,
    diagnoseCommand,
    worthCommand,
    effectsCommand,
    evaluateCommand,
    scoreCommand,
    generateCommand,
    explainCommand,
    exportCommand,
    pageCommand,
    serveCommand,
    auditCommand,
    experimentCommand,
    retrainCommand,
    runsCommand,
    reportCommand,
  ]) {
    const command = create();
    if (command.options.some(({ long }) => long === '--config')) command.addOption(noConfigOption());
    // The whole help would push the sentence that matters off the screen.
    program.addCommand(
      command.exitOverride().showHelpAfterError(`(slatewise ${command.name()} --help shows every option)`),
    );
  }
  return program;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('interrupted; nothing half-made is left behind\n');
    return EXIT.interrupted;
  }
  if (error instanceof InputError || error instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? EXIT.usage : EXIT.failed;
  }
  if (error instanceof ClientError) {
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.failed;
  }
  const fileError = fileErrorSentence(error);
  if (fileError !== undefined) {
    process.stderr.write(`error: ${fileError}\n`);
    return EXIT.failed;
  }
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}
