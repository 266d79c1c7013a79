import { readConfigFile } from './config-file.ts';
import { type Settings, settingsDefaults, settingsFrom } from './settings.ts';

/** Reads a config file: JSON, or a module whose default export is one. Without a path, the defaults. */
export async function readSettings(path: string | undefined): Promise<Settings> {
  return path === undefined ? settingsDefaults : settingsFrom(await readConfigFile(path), path);
}
