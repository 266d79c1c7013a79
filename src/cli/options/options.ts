import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { generatorNames } from '../../generate/generators.ts';
import { isObjective, objectiveNames } from '../../generate/request/objective.ts';
import { MOST_WORKERS } from '../../scoring/check-workers.ts';
import { isoTime } from '../../slate/iso-time.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { recipes } from '../../train/recipes/recipes.ts';
import { UsageError } from '../exit-codes.ts';

export function wholeNumber(minimum: number, maximum: number = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    const to = Number.isFinite(maximum) ? ` to ${maximum}` : '';
    throw new InvalidArgumentError(`Expected a whole number from ${minimum}${to}, found "${text}".`);
  };
}

/** A whole number, or a range of them such as `3-10`. */
export function wholeNumberOrRange(minimum: number): (text: string) => number | { from: number; to: number } {
  return (text) => {
    const bounds = text.split('-').map((bound) => (/^\d+$/.test(bound) ? Number(bound) : Number.NaN));
    const [from, to = from] = bounds;
    if (bounds.length <= 2 && from >= minimum && to >= from) return bounds.length === 1 ? from : { from, to };
    throw new InvalidArgumentError(
      `Expected a whole number from ${minimum}, or a range such as ${minimum + 2}-10, found "${text}".`,
    );
  };
}

export const workersOption = (of = 'threads that train and score; the result does not depend on it'): Option =>
  new Option('--workers <n>', of).argParser(wholeNumber(1, MOST_WORKERS)).default(Math.min(8, availableParallelism()));

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError(`Expected a number from 0, found "${text}".`);
}

/** JSON on the command line; what it says is judged where it is read. */
export function jsonObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError(
      `Expected JSON in quotes, such as '{"policy":"epsilon","epsilon":0.05}', found "${text}".`,
    );
  }
}

export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`Expected a number, found "${text}".`);
}

export function generatorName(text: string): string {
  if (generatorNames.includes(text)) return text;
  throw unknown(text, generatorNames);
}

/** A word of an option that is none of those it takes. */
export const unknown = (text: string, known: readonly string[]): InvalidArgumentError =>
  new InvalidArgumentError(unknownName(text, known).replace(/^e/, 'E'));

/** Comma-separated, each of them once. Throws `InvalidArgumentError` where one is empty. */
export function nameList(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (!names.includes('')) return [...new Set(names)];
  throw new InvalidArgumentError(`Expected names with commas between them, found ${JSON.stringify(text)}.`);
}

export const generatorNameList = (text: string): readonly string[] => nameList(text).map(generatorName);

export const generatorOption = (): Option =>
  new Option('--generator <name>', `one of ${generatorNames.join(', ')}`).argParser(generatorName).default('beam+swap');

export const againstGeneratorOption = (): Option =>
  new Option('--against-generator <name>', 'generator that makes the slates of the baseline; any but pointer')
    .choices(generatorNames.filter((name) => name !== 'pointer'))
    .default('top');

export const pointerOption = (): Option =>
  new Option(
    '--pointer <folder>',
    'for --generator pointer: its folder, made by slatewise train --recipe exact-k-pointer',
  );

/** The generator `pointer` and `--pointer` come together or not at all. */
export function checkPointer(names: readonly string[], folder: string | undefined): void {
  if (names.includes('pointer') === (folder !== undefined)) return;
  throw new UsageError(
    folder === undefined
      ? '--generator pointer: expected --pointer <folder> beside it, found none; make one with npx slatewise train <data> --recipe exact-k-pointer --scorer <model> --out <folder>'
      : `--pointer ${folder}: expected --generator pointer beside it, found ${names.join(', ') || 'no --generator'}; name pointer there, or leave the folder out`,
  );
}

export function objectiveName(text: string): string {
  if (isObjective(text)) return text;
  throw unknown(text, objectiveNames);
}

export const objectiveOption = (): Option =>
  new Option(
    '--objective <name>',
    'what a slate is worth: clicks (expected clicks), any (at least one click) or value:<field> (each click times a numeric field of the item)',
  )
    .argParser(objectiveName)
    .default('clicks');

export const valueOption = (): Option =>
  new Option(
    '--value <field>',
    'a number of the items, such as price: adds how well it is known what the clicks on a list are worth',
  );

export const byOption = (): Option =>
  new Option(
    '--by <fields>',
    'fields of the items, comma-separated, such as category or shop: by their values it is told too how good models are, and whether clicks come as predicted (default: categories with few values)',
  ).argParser(nameList);

export const allowRejectsOption = (): Option =>
  new Option('--allow-rejects <n>', 'how many rejected lines are fine; with more the exit code is 3')
    .argParser(wholeNumber(0))
    .default(0);

export const fromOption = (): Option =>
  new Option(
    '--from <folder>',
    'folder with finished runs in or below it: those of the same data, settings, recipe and seed are not trained again; may be given several times',
  ).argParser((folder: string, before: readonly string[] = []) => [...before, folder]);

export const cacheOption = (): Option =>
  new Option('--cache <folder>', 'where imported logs are kept').default('.cache/slatewise');

/** Epoch milliseconds. */
export const sinceOption = (): Option =>
  new Option('--since <time>', 'leave out what is earlier: ISO 8601, such as 2026-03-01, or milliseconds').argParser(
    (text) => {
      const time = isoTime(text) ?? (/^\d{9,}$/.test(text) ? Number(text) : Number.NaN);
      if (time >= 0) return time;
      throw new InvalidArgumentError(`Expected a time such as 2026-03-01 or 2026-03-01T12:00:00Z, found "${text}".`);
    },
  );

export const firstPositionOption = (): Option =>
  new Option(
    '--first-position <n>',
    'what the file calls the first position: 0 or 1 (default: 0; in a log, what the config says)',
  ).argParser((text) => {
    if (text === '0' || text === '1') return Number(text);
    throw new InvalidArgumentError(`Expected 0 or 1, found "${text}".`);
  });

/** Every command that has `--config` gets it: `createProgram`. */
export const noConfigOption = (): Option =>
  new Option('--no-config', 'read no settings, not even those of a slatewise.config file in this folder');

export const configOption = (): Option =>
  new Option(
    '--config <file>',
    'settings: a .json file, or a module (.mjs, .js, .cjs, .ts, .mts, .cts); by default slatewise.config.{ts,mjs,json} here, if there is one',
  );

/** `more` are recipes of other things than scorers. Which there are, the config says too: `checkRecipes` knows. */
export const recipeOption = (more: readonly string[] = []): Option =>
  new Option('--recipe <name>', `one of ${[...recipes.names, ...more].join(', ')}, or of your own in kinds`).default(
    'attention-listnet',
  );

/** Of verbs that set a list model beside pointwise-bce; `what` says what it is there for. */
export const listRecipeOption = (what: string): Option =>
  new Option(
    '--recipe <name>',
    `${what}: one of ${recipes.names.filter((name) => name !== 'pointwise-bce').join(', ')}, or of your own in kinds`,
  ).default('attention-bce');

export const splitOption = (): Option =>
  new Option(
    '--split <by>',
    'what is held out for validation and test: the last lists (time) or whole users (user)',
  ).choices(['time', 'user']);
