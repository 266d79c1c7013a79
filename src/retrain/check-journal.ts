import { join } from 'node:path';
import type { Dataset } from '../datasets/folder/dataset.ts';
import { loadProfile } from '../datasets/profile/profile-file.ts';
import { warning } from '../jobs/reporter.ts';
import { checkDays } from './checks/check-days.ts';
import type { Finding } from './checks/finding.ts';
import { isMostlyThere } from './left-out.ts';
import { waitForDay } from './refused-days.ts';
import { isOwnJournal, type RetrainWork } from './retrain-work.ts';

/** Nothing is found where no training is known that the days could be held against. */
export async function checkJournal(work: RetrainWork, dataset: Dataset): Promise<readonly Finding[]> {
  const { steps, models, before, leftOut, refused, acceptedUntil = Number.NEGATIVE_INFINITY, reporter } = work;
  const { before: name } = steps.progress;
  if (name === null || before === undefined) return [];
  const profile = await loadProfile(join(models, name));
  if (profile === undefined || profile.days.length === 0) {
    reporter.note(warning(`${name} does not tell what its log was like; the data are not checked`));
    return [];
  }
  const waiting = waitForDay(refused, dataset.summary.lastTime);
  if (waiting) return [waiting];
  const against = (await isOwnJournal(work)(before)) ? 'own' : 'other';
  if (against === 'other')
    reporter.note(
      `${name} was trained from another log: of the first day it is not checked how many lists it has, nor whether they are like those of that log`,
    );
  return checkDays(dataset, {
    ...{ profile, against },
    knownUntil: before.card.knownUntil,
    passedOver: (day) => day.to <= acceptedUntil || !isMostlyThere(leftOut, day),
  });
}
