/** What a command line and its config file ask for together. */
import { existsSync } from 'node:fs';
import { type Kinds, kindsOf } from '../jobs/kinds.ts';
import { readSettings } from '../jobs/read-settings.ts';
import { resolveRecipe, type Settings } from '../jobs/settings.ts';
import { CHOOSE_OR_BRING, unknownName } from '../slate/nearest-name.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { UsageError } from './exit-codes.ts';

/** Throws `UsageError` for a name that no recipe has: neither the program's, nor the config's, nor one of `more`. */
export function checkRecipes(
  flag: string,
  given: readonly string[],
  { settings, more = [] }: { readonly settings: Settings; readonly more?: readonly string[] },
): void {
  const known = [...kindsOf(settings.kinds).recipes.names, ...more];
  const foreign = given.find((name) => !known.includes(name));
  if (foreign !== undefined) throw new UsageError(`${flag}: ${unknownName(foreign, known, CHOOSE_OR_BRING.far)}`);
}

/** Throws `UsageError` for a name that no recipe has, and for a recipe that sees no list. */
export function listRecipe(name: string, settings: Settings): TrainingConfig {
  checkRecipes('--recipe', [name], { settings });
  const config = resolveRecipe(name, settings);
  if (kindsOf(settings.kinds).scorers.named(config.scorer).seesCompany) return config;
  throw new UsageError(
    `--recipe ${name}: expected a recipe whose model sees the list, found one that scores item by item; name one such as attention-bce`,
  );
}

/** Read from the working folder when `--config` names none. */
const CONFIG_FILES = ['slatewise.config.ts', 'slatewise.config.mjs', 'slatewise.config.json'];

/** The settings of a command line: the config file's, with `--split` and `--first-position` on top. */
export async function settingsOf(options: {
  /** False: none is read, not even one in the working folder. */
  config?: string | false;
  split?: 'time' | 'user';
  firstPosition?: number;
}): Promise<Settings> {
  const found =
    options.config === false ? undefined : (options.config ?? CONFIG_FILES.find((name) => existsSync(name)));
  if (found !== undefined && options.config === undefined) process.stderr.write(`settings from ${found}\n`);
  const settings = await readSettings(found);
  return {
    ...settings,
    ...(options.split ? { split: { ...settings.split, by: options.split } } : {}),
    ...(options.firstPosition === undefined ? {} : { firstPosition: options.firstPosition }),
  };
}

/** What a config of the command line brings of one's own: models are loaded with it. */
export const kindsIn = async (options: { config?: string | false }): Promise<Kinds> =>
  kindsOf((await settingsOf(options)).kinds);
