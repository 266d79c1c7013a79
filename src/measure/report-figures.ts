/** What the pictures of a report show beyond its tables. */
import { numberUsers } from '../metrics/number-users.ts';
import type { ComparisonOptions } from './compare-systems.ts';
import type { ComparisonReport } from './comparison-report.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { type Reliability, reliability } from './reliability.ts';
import { type ScoreCurves, scoreCurves } from './score-curves.ts';
import { measureSlices, type Slice, type SliceColumn } from './slices.ts';

/** Plain JSON. */
export interface ReportFigures {
  readonly curves: readonly ScoreCurves[];
  readonly reliability: readonly Reliability[];
  readonly slices: readonly Slice[];
}

export interface FigureOptions extends ComparisonOptions {
  readonly predictions: readonly Predictions[];
  readonly slices: readonly SliceColumn[];
}

/** Recipes beside the baseline and the one that scores item by item: what a picture can hold. */
const MOST_OTHERS = 3;

/** Of the baseline, the recipe that scores item by item, and the best others; curves of the item rate too. */
export function reportFigures(lists: ShownLists, report: ComparisonReport, options: FigureOptions): ReportFigures {
  const { predictions, slices, ...settings } = options;
  const users = numberUsers(lists.userB);
  const drawn = drawnSystems(report);
  const seedsOf = (name: string): readonly Predictions[] => predictions.filter(({ recipe }) => recipe === name);
  const rated = report.itemRate === null ? drawn : [...drawn, report.itemRate];
  const shown = predictions.filter(({ recipe }) => drawn.includes(recipe));
  const ofDrawn = { ...settings, references: [], predictions: shown };
  const { itemRate: _, pointwise, ...others } = ofDrawn;
  return {
    curves: rated.flatMap((name) => scoreCurves(lists, seedsOf(name)) ?? []),
    reliability: drawn.map((name) => reliability(lists, users, seedsOf(name))),
    slices: measureSlices(lists, slices, pointwise === undefined ? others : { ...others, pointwise }),
  };
}

function drawnSystems({ systems, baseline, pointwise }: ComparisonReport): readonly string[] {
  const recipes = systems.filter(({ kind }) => kind === 'recipe');
  const asked = recipes.filter(({ name }) => name === baseline || name === pointwise);
  const best = recipes
    .filter((row) => !asked.includes(row))
    .toSorted((a, b) => (b.metrics.rocAuc.mean ?? 0) - (a.metrics.rocAuc.mean ?? 0))
    .slice(0, MOST_OTHERS);
  return recipes.filter((row) => asked.includes(row) || best.includes(row)).map(({ name }) => name);
}
