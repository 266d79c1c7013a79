import { type FoundRun, isAskedFor, type RunFilter, runsBelow } from '../../jobs/runs/find-runs.ts';
import { removalOf, removeRun } from '../../jobs/runs/remove-runs.ts';
import { runDifference } from '../../jobs/runs/run-difference.ts';
import { type RunsTextOptions, removalText, runsText, twoRunsText } from '../../print/text/runs-text.ts';
import { InputError } from '../../slate/input-error.ts';
import { printJson } from '../print-json.ts';

export interface RunsArguments extends RunFilter {
  readonly compare?: boolean;
  readonly clean?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function runRuns(folders: readonly string[], options: RunsArguments): Promise<void> {
  const all = await runsBelow(folders);
  const left = all.filter((run) => isAskedFor(run, options));
  const print = (json: unknown, text: (options: RunsTextOptions) => string): void => {
    if (options.json) printJson(json);
    else process.stdout.write(`${text({ color: process.stdout.isTTY === true })}\n`);
  };
  if (options.compare) {
    const [one, other] = twoOf(left, { folders, count: all.length });
    const difference = await runDifference(one, other);
    const sides = [one.folder, other.folder] as const;
    return print({ folders: sides, ...difference }, (how) => twoRunsText({ folders: sides, ...difference }, how));
  }
  if (left.length === 0)
    return print([], () => `no runs${all.length > 0 ? ` among the ${all.length}` : ''} in ${folders.join(', ')}`);
  if (!options.clean) return print(left, (how) => runsText(left, how));
  const removals = await Promise.all(left.map(removalOf));
  if (options.yes) for (const removal of removals) await removeRun(removal);
  const told = removals.map(({ run: { folder, state }, ...rest }) => ({ folder, state, ...rest }));
  print({ removed: options.yes === true, runs: told }, (how) => removalText(told, options.yes === true, how));
}

function twoOf(
  runs: readonly FoundRun[],
  { folders, count }: { readonly folders: readonly string[]; readonly count: number },
): readonly [FoundRun, FoundRun] {
  if (runs.length === 2) return [runs[0], runs[1]];
  throw new InputError(
    `--compare: expected two runs, found ${runs.length}${runs.length < count ? ` of ${count}` : ''} in ${folders.join(', ')}; name two run folders`,
    'invalid-option',
  );
}
