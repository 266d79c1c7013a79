/** The fixed splits of choice data: the same rows for whoever compares. Legend: B occasions. */
import { createRng } from '../../src/random/rng.ts';
import type { ChoiceData, Occasion } from './occasions.ts';

/** Indices of occasions, ascending. What is fitted finally may use train and validation together: 80 % of the units. */
export interface ChoiceSplit {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

export interface SplitSettings {
  readonly splits: number;
  /** Of the units; what is left of them with `validation` is trained on. */
  readonly test: number;
  readonly validation: number;
  readonly seed: number;
}

export const splitSettings: SplitSettings = { splits: 10, test: 0.2, validation: 0.1, seed: 1 };

/** What is kept together: all occasions of a household or person; an occasion of nobody stands alone. */
export function unitsOf(occasions: readonly Occasion[]): number[] {
  const units = new Map<string, number>();
  return occasions.map(({ user }, index) => {
    const name = user === '' ? `occasion ${index}` : `user ${user}`;
    const unit = units.get(name) ?? units.size;
    units.set(name, unit);
    return unit;
  });
}

/** Random splits of whole units, fixed by the seed; split n stays the same however many are asked for. */
export function choiceSplits(unitB: readonly number[], settings: Partial<SplitSettings> = {}): ChoiceSplit[] {
  const { splits, test, validation, seed } = { ...splitSettings, ...settings };
  const count = new Set(unitB).size;
  const [tested, validated] = [Math.round(test * count), Math.round(validation * count)];
  const root = createRng(seed).split('choice splits');
  return Array.from({ length: splits }, (_, n) => {
    const order = root.split(n).shuffle([...new Set(unitB)].sort((a, b) => a - b));
    const rank = new Map(order.map((unit, at) => [unit, at]));
    const within = (from: number, to: number): number[] =>
      unitB.flatMap((unit, index) => {
        const at = rank.get(unit) ?? -1;
        return at >= from && at < to ? [index] : [];
      });
    return {
      test: within(0, tested),
      validation: within(tested, tested + validated),
      train: within(tested + validated, count),
    };
  });
}

export interface NamedSplits {
  readonly name: string;
  /** Whole users (households, persons) where the data names them, else rows; `file` where the file has a test part of its own. */
  readonly by: 'user' | 'row' | 'file';
  readonly splits: readonly ChoiceSplit[];
}

/** The splits that figures in this project refer to. Where the file has a test part, only what is trained and what is validation differs between them. */
export function splitsOf(
  name: string,
  { occasions, testFrom }: Pick<ChoiceData, 'occasions' | 'testFrom'>,
): NamedSplits {
  const units = unitsOf(occasions.slice(0, testFrom));
  if (testFrom === undefined)
    return { name, by: occasions.some(({ user }) => user !== '') ? 'user' : 'row', splits: choiceSplits(units) };
  const test = occasions.flatMap((_, index) => (index >= testFrom ? [index] : []));
  const splits = choiceSplits(units, { test: 0, validation: 0.125 }).map((split) => ({ ...split, test }));
  return { name, by: 'file', splits };
}
