import { type FieldValue, fieldTexts } from '../../slate/fields.ts';
import type { FieldBins } from './log-profile.ts';

/** Bins of numbers: as many values in each, as far as values differ. */
const NUMBERS = 10;
/** The most frequent texts have a bin each. */
const TEXTS = 19;

/** Bins of a field by some of its values. */
export function binsOf({ scope, name }: Pick<FieldBins, 'scope' | 'name'>, sample: readonly FieldValue[]): FieldBins {
  const numbers = sample.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (2 * numbers.length <= sample.length) return { scope, name, kind: 'text', values: mostFrequent(sample) };
  const cuts = Array.from({ length: NUMBERS - 1 }, (_, k) => numbers[Math.floor(((k + 1) * numbers.length) / NUMBERS)]);
  // A cut at the least value would leave a bin that nothing falls into.
  return { scope, name, kind: 'number', edges: [...new Set(cuts)].filter((cut) => cut > numbers[0]) };
}

function mostFrequent(sample: readonly FieldValue[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of sample) for (const text of fieldTexts(value)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, TEXTS)
    .map(([text]) => text);
}

/** How many bins there are. */
export const binCount = (bins: FieldBins): number =>
  bins.kind === 'number' ? bins.edges.length + 2 : bins.values.length + 1;

/** Counts a value in its bin, or in one for each of its texts. */
export function countValue(bins: FieldBins, value: FieldValue, countB: number[]): void {
  if (bins.kind === 'number') {
    const number = typeof value === 'number' ? value : Number.NaN;
    const at = Number.isNaN(number) ? countB.length - 1 : bins.edges.filter((edge) => edge <= number).length;
    countB[at]++;
    return;
  }
  for (const text of fieldTexts(value)) {
    const at = bins.values.indexOf(text);
    countB[at < 0 ? countB.length - 1 : at]++;
  }
}
