/** Days that the checks refused: later nights do not learn from them, until a person says that they are sound. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writeText } from '../files/write-text.ts';
import type { Finding } from './checks/finding.ts';
import type { Period } from './retrain-options.ts';

const FILE = 'refused.json';

/** Without those that were accepted since; none where nothing can be read. */
export async function refusedDays(
  work: string,
  acceptedUntil: number = Number.NEGATIVE_INFINITY,
): Promise<readonly Period[]> {
  try {
    const found = JSON.parse(await readFile(join(work, FILE), 'utf8')) as readonly Period[];
    return found.filter(({ to }) => to > acceptedUntil);
  } catch {
    return [];
  }
}

/** Keeps these and those that the checks found unsound. */
export async function keepRefused(
  work: string,
  { before, checks }: { readonly before: readonly Period[]; readonly checks: readonly Finding[] },
): Promise<void> {
  const all = [...before];
  for (const { isSound, day } of checks)
    if (!isSound && day && !all.some(({ from, to }) => from === day.from && to === day.to)) all.push(day);
  if (all.length === 0 && (await refusedDays(work)).length === 0) return;
  await writeText(join(work, `${FILE}.new`), `${JSON.stringify(all.sort((a, b) => a.from - b.from))}\n`);
  await rename(join(work, `${FILE}.new`), join(work, FILE));
}

const DAY = 24 * 60 * 60_000;

/** Nothing is learned on the word of no day: after one that was refused the next whole one must be sound. Undefined where there is one to look at. */
export function waitForDay(refused: readonly Period[], lastList: number): Finding | undefined {
  const until = endOf(refused);
  return lastList >= until + 0.9 * DAY ? undefined : noDaySince(until);
}

/** The same where every list of the journal is of a day that was refused. */
export const nothingLeft = (refused: readonly Period[]): Finding => noDaySince(endOf(refused));

const endOf = (refused: readonly Period[]): number =>
  refused.reduce((latest, { to }) => Math.max(latest, to), Number.NEGATIVE_INFINITY);

const noDaySince = (until: number): Finding => ({
  check: 'whole-day',
  isSound: false,
  text: `the day up to ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC was refused, and no whole day has come since`,
});
