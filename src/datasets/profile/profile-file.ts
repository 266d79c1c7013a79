import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROFILE_FILE } from '../../files/folder-kinds.ts';
import { writeText } from '../../files/write-text.ts';
import type { LogProfile } from './log-profile.ts';

export const saveProfile = (folder: string, profile: LogProfile): Promise<void> =>
  writeText(join(folder, PROFILE_FILE), `${JSON.stringify(profile)}\n`);

/** Of a model's folder; undefined where there is none, or none that this version reads. */
export async function loadProfile(folder: string): Promise<LogProfile | undefined> {
  const text = await readFile(join(folder, PROFILE_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const found = JSON.parse(text) as LogProfile;
    return found.format === 1 && Array.isArray(found.days) && Array.isArray(found.fields) ? found : undefined;
  } catch {
    return undefined;
  }
}
