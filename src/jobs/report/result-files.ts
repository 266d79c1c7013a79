/** What other analyses left as JSON: in the folder, or wherever they are named. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanyWorth } from '../../measure/company-worth.ts';
import type { Diagnosis } from '../../measure/diagnosis-report.ts';
import type { EffectsReport } from '../../measure/effects-report.ts';
import { InputError } from '../../slate/input-error.ts';

/** Beside the figures: which models, and how many trainings of each. */
export interface StudyFacts {
  readonly recipe: string;
  readonly pointwise: string;
  readonly seeds: number;
}

export interface Results {
  readonly worth?: CompanyWorth & StudyFacts;
  readonly effects?: EffectsReport & StudyFacts;
  readonly diagnosis?: Diagnosis;
}

const NAMES = ['worth', 'effects', 'diagnosis'] as const;
type ResultName = (typeof NAMES)[number];

/** What a file says it is: the verb that wrote it. */
const MARKS: Readonly<Record<ResultName, string>> = { worth: 'worth', effects: 'effects', diagnosis: 'diagnose' };

/** Those in the folder, and in files and folders that are named, which go before. Throws `InputError` where a named one has none. */
export async function resultsOf(folder: string, named: readonly string[]): Promise<Results> {
  let results: Results = {};
  for (const place of [folder, ...named]) {
    const found = await resultsAt(place);
    if (place !== folder && Object.keys(found).length === 0)
      throw new InputError(
        `${place}: expected what ${Object.values(MARKS).join(', ')} found, found none; name its JSON file, or the folder that it was written to`,
        'file-not-found',
      );
    results = { ...results, ...found };
  }
  return results;
}

async function resultsAt(place: string): Promise<Results> {
  const files = [place, ...NAMES.map((name) => join(place, `${name}.json`))];
  let results: Results = {};
  for (const file of files) {
    const json = await jsonAt(file);
    const name = NAMES.find((each) => MARKS[each] === json?.slatewise);
    if (name !== undefined && json && isWhole[name](json)) results = { ...results, [name]: json };
  }
  return results;
}

type Json = Readonly<Record<string, unknown>>;

const isWhole: Readonly<Record<ResultName, (json: Json) => boolean>> = {
  worth: ({ clicks, logLoss, verdict }) => isObject(clicks) && isObject(logLoss) && typeof verdict === 'string',
  effects: ({ families }) => Array.isArray(families),
  diagnosis: ({ causes, data, bias, task }) => Array.isArray(causes) && [data, bias, task].every(isObject),
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

async function jsonAt(file: string): Promise<Json | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    // JSON has no NaN: what was none is null there.
    const json: unknown = JSON.parse(text, (_, value) => value ?? Number.NaN);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
