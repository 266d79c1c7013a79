/** What a journal says of the answers of one experiment: who was in which variant, in which shares, and what the answers cost. */
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { Experiment, ShadowScores } from '../../slate/experiment.ts';
import { InputError } from '../../slate/input-error.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { variantOf } from './assign.ts';
import { assignedUnit } from './parts.ts';
import { isRefusal } from './refused-calls.ts';

/** A user, or one request of nobody known. */
export interface AnsweredUnit {
  readonly variant: string;
  /** Other shares gave it another variant since, whether it came again or not. */
  hasMoved: boolean;
  /** When it was first answered, epoch milliseconds. */
  readonly since: number;
  answers: number;
  milliseconds: number;
  fallbacks: number;
  cancelled: number;
  failed: number;
  refused: number;
}

export interface AnsweredUnits {
  /** The control first, then in the order in which they came. */
  readonly variants: readonly string[];
  readonly units: ReadonlyMap<string, AnsweredUnit>;
  /** Users by variant that were to be expected. */
  readonly expected: ReadonlyMap<string, number>;
  /** The answered lists, by `listKey`; null: no shadow was to score it, so what it held is not kept in mind. */
  readonly lists: ReadonlyMap<string, AnsweredScores | null>;
}

/** Click probabilities of an answered list: those of the model that answered, and of its shadows. */
export interface AnsweredScores {
  readonly items: readonly string[];
  readonly probabilities: readonly (number | null)[];
  /** The model that ranked the items, in another order than the one shown: what it says of that one is among the shadows. */
  readonly ranking?: string;
  readonly shadows: Map<string, readonly number[]>;
}

/** By which the list that is shown finds its answer. */
export const listKey = ({ id, user }: { readonly id: string; readonly user: string }): string =>
  JSON.stringify([id, user]);

/** Of all experiments that a journal names, in the order in which they came. Throws `InputError` where the entry by which one began is gone: nobody knows which variant is its control. */
export async function answeredUnits(
  journal: AsyncIterable<readonly JournalEntry[]>,
): Promise<ReadonlyMap<string, AnsweredUnits>> {
  const found = new Map<string, Collected>();
  let inForce: readonly Experiment[] = [];
  const of = (name: string): Collected => {
    const known = found.get(name) ?? { ...emptyUnits(), lists: new Map() };
    found.set(name, known);
    return known;
  };
  for await (const entries of journal)
    for (const entry of entries) {
      if (entry.kind === 'experiments') {
        inForce = entry.experiments;
        for (const experiment of inForce) {
          nameVariants(of(experiment.name), experiment);
          noteMoved(of(experiment.name), experiment);
        }
      } else if (entry.kind === 'answer')
        for (const [name, variant] of Object.entries(entry.answer.experiments ?? {})) {
          if (!found.has(name)) throw beginIsGone(name);
          count(of(name), { answer: entry.answer, variant, experiment: inForce.find((each) => each.name === name) });
        }
      else if (entry.kind === 'shadow') for (const units of found.values()) addShadow(units, entry.shadow);
    }
  return found;
}

interface Collected extends AnsweredUnits {
  readonly variants: string[];
  readonly units: Map<string, AnsweredUnit>;
  readonly expected: Map<string, number>;
  readonly lists: Map<string, AnsweredScores | null>;
}

const beginIsGone = (name: string): InputError =>
  new InputError(
    `${name}: expected the entry of the journal by which the experiment began, found answers only: it was removed; keep entries for as long as an experiment lasts (on the command line serve --keep-days), and begin one anew`,
    'journal-trimmed',
  );

const emptyUnits = (): Omit<Collected, 'lists'> => ({ variants: [], units: new Map(), expected: new Map() });

function nameVariants({ variants }: Collected, experiment: Experiment): void {
  for (const { name } of experiment.variants) if (!variants.includes(name)) variants.push(name);
}

/**
 * Who would be answered otherwise from now on, whether the user comes again or not. If those alone were left out who do come, users who came once would stay, and the variant that
 * lost its share would be left with the less active ones.
 */
function noteMoved({ units }: Collected, experiment: Experiment): void {
  for (const [key, unit] of units) {
    const now = variantOf(experiment, key);
    if (now && now.name !== unit.variant) unit.hasMoved = true;
  }
}

const NOTHING = { answers: 0, milliseconds: 0, fallbacks: 0, cancelled: 0, failed: 0, refused: 0 };

interface Counted {
  readonly answer: AnsweredList;
  readonly variant: string;
  readonly experiment: Experiment | undefined;
}

function count(to: Collected, { answer, variant, experiment }: Counted): void {
  const { variants, units, expected, lists } = to;
  if (!variants.includes(variant)) variants.push(variant);
  const key = assignedUnit(answer);
  let unit = units.get(key);
  if (!unit) {
    unit = { variant, hasMoved: false, since: answer.time, ...NOTHING };
    units.set(key, unit);
    for (const { name, share } of experiment?.variants ?? []) expected.set(name, (expected.get(name) ?? 0) + share);
  }
  if (unit.variant !== variant) unit.hasMoved = true;
  const { failed, times = 1 } = answer;
  unit.answers += times;
  if (answer.cancelled) unit.cancelled += times;
  else if (failed !== undefined && isRefusal(failed)) unit.refused += times;
  else if (failed !== undefined) unit.failed += times;
  if (answer.cancelled || failed !== undefined) return;
  unit.milliseconds += answer.took;
  if (answer.fallback !== undefined) unit.fallbacks++;
  lists.set(listKey(answer), experiment?.shadows?.length ? scoresOf(answer) : null);
}

const scoresOf = ({ asked, model, items }: AnsweredList): AnsweredScores => ({
  ...(asked === 'rank' ? { ranking: model } : {}),
  items: items.map(({ id }) => id),
  probabilities: items.map(({ probability }) => probability),
  shadows: new Map(),
});

function addShadow({ lists }: Collected, shadow: ShadowScores): void {
  lists.get(listKey(shadow))?.shadows.set(shadow.model, shadow.probabilities);
}
