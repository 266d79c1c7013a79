/** The checks of `slatewise retrain` on a log in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../../src/datasets/folder/dataset.ts';
import { importLog } from '../../src/datasets/import/import-log.ts';
import { profileDataset } from '../../src/datasets/profile/profile-dataset.ts';
import { type CheckDaysOptions, checkDays } from '../../src/retrain/checks/check-days.ts';
import type { LogEvent } from '../../src/slate/events.ts';
import { inMemorySource } from '../../src/sources/in-memory.ts';

/** Why the lists after `knownUntil` are not to be learned from, one reason a line, judged by those before; none where they are sound. */
export async function unsoundIn(
  events: readonly LogEvent[],
  { knownUntil, passedOver }: Omit<CheckDaysOptions, 'profile'>,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loop-'));
  try {
    await importLog(inMemorySource(events), join(folder, 'data'), { keepsRejected: false });
    const dataset = await openDataset(join(folder, 'data'));
    const profile = await profileDataset(dataset, knownUntil);
    const found = await checkDays(dataset, { profile, knownUntil, passedOver });
    return found.filter(({ isSound }) => !isSound).map(({ check, text }) => `${check}: ${text}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
