/** A journal to a model that answers, if it is not worse: for cron. Killed at any moment, the next run goes on. */
import { createHash } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RETRAIN_FOLDER } from '../files/folder-kinds.ts';
import { openGrowing } from '../files/output-folder.ts';
import { writeText } from '../files/write-text.ts';
import { lockFolder } from '../serve/journal/folder-lock.ts';
import { InputError } from '../slate/input-error.ts';
import { keepRefused, refusedDays } from './refused-days.ts';
import type { AskedRetraining, RetrainOptions } from './retrain-options.ts';
import { clearWork, openSteps } from './steps.ts';
import { trainAndJudge } from './train-and-judge.ts';
import { type RetrainVerdict, verdictOf } from './verdict.ts';

/** The folder in that of the models where the work is done. */
export const workIn = (models: string): string => join(models, '.retrain');

/**
 * Imports the journal, checks its data, trains, judges, activates and tidies up. Undefined when interrupted. Throws `InputError`: `retrain-under-way` where another process is at it, and
 * whatever is wrong with the data or the options; then the next run begins anew, unless only the server could not be reached.
 */
export async function retrain(options: RetrainOptions): Promise<RetrainVerdict | undefined> {
  const { models, choice } = options;
  const work = workIn(models);
  await openGrowing(work, RETRAIN_FOLDER);
  const unlock = await lockFolder(work, underWay);
  try {
    await removeHalfMade(work);
    await choice.check();
    const refused = await refusedDays(work, options.acceptedUntil);
    const verdict = await runSteps(work, { ...options, refused, leftOut: [...options.leftOut, ...refused] });
    if (verdict === undefined) return undefined;
    await writeText(join(work, 'verdict.json.new'), `${JSON.stringify(verdict, null, 1)}\n`);
    await rename(join(work, 'verdict.json.new'), join(work, 'verdict.json'));
    await keepRefused(work, { before: refused, checks: verdict.checks });
    await clearWork(work);
    return verdict;
  } catch (error) {
    if (error instanceof InputError && !KEEPS_STEPS.has(error.code)) await clearWork(work);
    throw error;
  } finally {
    await unlock();
  }
}

/** After these the same steps may go well another time. */
const KEEPS_STEPS: ReadonlySet<InputError['code']> = new Set([
  'server-refused',
  'journal-in-use',
  'journal-unreachable',
]);

const underWay = (folder: string, { pid, host }: { readonly pid: number; readonly host: string }): InputError =>
  new InputError(
    `${folder}: expected no other retraining of these models, found process ${pid} on ${host} at it; wait until it ends`,
    'retrain-under-way',
  );

async function runSteps(work: string, options: AskedRetraining): Promise<RetrainVerdict | undefined> {
  const { choice, journal, seeds, leftOut, now = Date.now } = options;
  const steps = await openSteps(work, {
    asked: digestOf(options),
    begin: async () => ({ began: now(), before: (await choice.active()) ?? null }),
  });
  const ending = await trainAndJudge(work, { ...options, steps });
  if (ending === undefined) return undefined;
  const { data, began, before, checks = [], judgement = null, model, removed = [] } = steps.progress;
  if (data === undefined) throw new TypeError('retrain: expected an import before the verdict');
  const { outcome, why, recipe } = ending;
  return verdictOf(outcome, {
    ...{ began: isoOf(began), ended: isoOf(now()), journal: journal.name, data, recipe, seeds, before, why },
    leftOut: leftOut.map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to) })),
    ...{ model: outcome === 'activated' ? (model ?? null) : null, judgement, checks, removed },
  });
}

const isoOf = (time: number): string => new Date(time).toISOString();

/** Own kinds are code: the trainings know theirs by a digest of their own. */
function digestOf({
  models,
  journal,
  settings,
  config,
  seeds,
  days,
  margin,
  leftOut,
  acceptedUntil,
}: RetrainOptions): string {
  const { kinds: _, ...plain } = settings;
  const asked = { models, journal: journal.name, plain, config, seeds, days, margin, leftOut, acceptedUntil };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

/** What a killed process was writing beside its place: nobody else writes here. */
async function removeHalfMade(work: string): Promise<void> {
  for (const folder of [work, join(work, 'candidates')])
    for (const name of await readdir(folder).catch(() => []))
      if (/\.(new|old)-/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
}
