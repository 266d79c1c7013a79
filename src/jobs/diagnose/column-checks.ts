/** What single columns give away: of the label, of which item of a list is clicked, and of what has moved since training. */
import { binRates, quantileBins } from '../../measure/column-bins.ts';
import type { Drift, Probe, TaskAnswer } from '../../measure/diagnosis-report.ts';
import { stabilityIndex } from '../../measure/stability.ts';
import { withinLists } from '../../measure/within-lists.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import { createRng, type Rng } from '../../random/rng.ts';
import type { Column, ShownSlots } from './columns.ts';

export interface TwoParts {
  readonly train: ShownSlots;
  readonly validation: ShownSlots;
  /** The same columns at the slots of each. */
  readonly columns: readonly { readonly train: Column; readonly validation: Column }[];
}

const BINS = 20;
const TOLD = 8;

/** Each column alone, its click rates learned on training lists and asked on validation lists; the highest areas. */
export function probes({ train, validation, columns }: TwoParts): readonly Probe[] {
  return columns
    .map(({ train: learned, validation: asked }): Probe => {
      const score = rateOf(learned, train);
      const scoreS = Float64Array.from(validation.labelS, (_, slot) => score(asked, slot));
      const field = learned.field === undefined ? {} : { field: learned.field };
      return { column: learned.name, ...field, validationAuc: rocAuc(scoreS, validation.labelS) };
    })
    .filter(({ validationAuc }) => Number.isFinite(validationAuc))
    .sort((a, b) => b.validationAuc - a.validationAuc)
    .slice(0, TOLD);
}

/** The click rate that a column's value has on these lists; of several tokens the mean. */
function rateOf(column: Column, { labelS }: ShownSlots): (column: Column, slot: number) => number {
  const { number, tokens } = column;
  if (number) {
    const valueS = Float64Array.from(labelS, (_, slot) => number(slot));
    const bin = quantileBins(valueS, BINS);
    const rate = binRates(valueS.map(bin), labelS);
    return (asked, slot) => rate(bin(asked.number?.(slot) ?? Number.NaN));
  }
  const [binS, repeatedS]: [number[], number[]] = [[], []];
  for (let slot = 0; slot < labelS.length; slot++) {
    const found = tokens?.(slot) ?? [];
    for (let at = 0; at < found.length; at++) {
      binS.push(found[at]);
      repeatedS.push(labelS[slot]);
    }
  }
  const rate = binRates(binS, repeatedS);
  return (asked, slot) => {
    const found = asked.tokens?.(slot) ?? [];
    if (found.length === 0) return rate(-1);
    let sum = 0;
    for (let at = 0; at < found.length; at++) sum += rate(found[at]);
    return sum / found.length;
  };
}

/** Tokens seen on fewer showings are not asked. */
const FEWEST = 50;

/** The column, or token of one, that goes most with the clicks within lists. The chance is that of the strongest of so many. */
export function listSignal(slots: ShownSlots, columns: readonly Column[]): TaskAnswer['signal'] {
  let [asked, best] = [0, { column: 'none', z: 0, probability: 1 }];
  const ask = (column: string, valueS: Float64Array): void => {
    const { z, probability } = withinLists(slots, valueS, slots.labelS);
    asked++;
    if (Math.abs(z) > Math.abs(best.z)) best = { column, z, probability };
  };
  for (const { name, number, tokens, isOfList } of columns) {
    if (isOfList) continue;
    if (number)
      ask(
        name,
        Float64Array.from(slots.labelS, (_, slot) => number(slot)),
      );
    else if (tokens)
      for (const [token, valueS] of frequentTokens(slots, tokens)) ask(`${name}, value ${token}`, valueS);
  }
  // Bonferroni.
  return { ...best, columns: asked, probability: Math.min(1, best.probability * Math.max(1, asked)) };
}

/** Tokens of a column at most: the most frequent ones. */
const MOST_TOKENS = 40;

/** Of each token, the slots that have it; the most frequent token first. */
function slotsOfTokens(
  { labelS }: ShownSlots,
  tokens: NonNullable<Column['tokens']>,
): readonly (readonly [token: number, slots: readonly number[]])[] {
  const places = new Map<number, number[]>();
  for (let slot = 0; slot < labelS.length; slot++) {
    const found = tokens(slot);
    for (let at = 0; at < found.length; at++) {
      const known = places.get(found[at]);
      if (known) known.push(slot);
      else places.set(found[at], [slot]);
    }
  }
  return [...places].sort(([a, one], [b, other]) => other.length - one.length || a - b);
}

const frequentTokens = (
  shown: ShownSlots,
  tokens: NonNullable<Column['tokens']>,
): readonly (readonly [number, Float64Array])[] =>
  slotsOfTokens(shown, tokens)
    .filter(([, slots]) => slots.length >= FEWEST)
    .slice(0, MOST_TOKENS)
    .map(([token, slots]) => {
      const valueS = new Float64Array(shown.labelS.length);
      for (const slot of slots) valueS[slot] = 1;
      return [token, valueS] as const;
    });

/** Numbers in ten bins, tokens in the twenty most frequent and all others. */
const [NUMBER_BINS, TOKEN_BINS, DRAWS] = [10, 20, 5];

/** Of each field of the log, how far its values have moved, and how far those of as many lists of training users drawn at random would; the furthest first. */
export function driftOfFields({ train, validation, columns }: TwoParts): Drift['fields'] {
  const rng = createRng('drift');
  const drawn = Array.from({ length: DRAWS }, () => usersLike(train, validation.lists.length, rng));
  const all = columns.flatMap(({ train: before, validation: after }) => {
    if (before.field === undefined) return [];
    const bins = binsOf(before, train);
    const known = bins.put(before, train);
    const whole = bins.count(known);
    const psi = stabilityIndex(whole, bins.count(bins.put(after, validation)));
    const chance = drawn.map((isDrawn) => {
      const those = bins.count(known, isDrawn);
      return stabilityIndex(
        whole.map((count, bin) => count - those[bin]),
        those,
      );
    });
    return [{ field: before.field, psi, byChance: chance.reduce((sum, value) => sum + value, 0) / DRAWS }];
  });
  const furthest = all.sort((a, b) => b.psi - a.psi);
  // A number and whether it is missing are two columns of one field.
  return furthest.filter(({ field }, at) => furthest.findIndex((each) => each.field === field) === at).slice(0, TOLD);
}

/** Whether a training list is of one of some users, drawn until they have as many lists as asked for, half of all at most. */
function usersLike({ userB }: ShownSlots, lists: number, rng: Rng): (list: number) => boolean {
  const counts = new Map<number, number>();
  for (const user of userB) counts.set(user, (counts.get(user) ?? 0) + 1);
  const wanted = Math.min(lists, userB.length / 2);
  const chosen = new Set<number>();
  let taken = 0;
  for (const user of rng.shuffle([...counts.keys()])) {
    if (taken >= wanted) break;
    chosen.add(user);
    taken += counts.get(user) ?? 0;
  }
  return (list) => chosen.has(userB[list]);
}

/** A column's values as bins, and the list of each. */
interface Binned {
  readonly bins: readonly number[];
  readonly lists: readonly number[];
}

interface Bins {
  put(column: Column, slots: ShownSlots): Binned;
  /** Values in each bin, of all lists or of some. */
  count(binned: Binned, takes?: (list: number) => boolean): Float64Array;
}

function binsOf({ number, tokens }: Column, train: ShownSlots): Bins {
  const bin =
    number &&
    quantileBins(
      Float64Array.from(train.labelS, (_, slot) => number(slot)),
      NUMBER_BINS,
    );
  const told = tokens ? slotsOfTokens(train, tokens).slice(0, TOKEN_BINS) : [];
  const frequent = new Map(told.map(([token], at) => [token, at]));
  return {
    put(column, { labelS, listS }) {
      const [bins, lists]: [number[], number[]] = [[], []];
      for (let slot = 0; slot < labelS.length; slot++) {
        const found = bin ? [bin(column.number?.(slot) ?? Number.NaN)] : (column.tokens?.(slot) ?? []);
        for (let at = 0; at < found.length; at++) {
          bins.push(bin ? found[at] : (frequent.get(found[at]) ?? frequent.size));
          lists.push(listS[slot]);
        }
      }
      return { bins, lists };
    },
    count({ bins, lists }, takes = () => true) {
      const counts = new Float64Array(bin ? NUMBER_BINS : frequent.size + 1);
      for (let at = 0; at < bins.length; at++) if (takes(lists[at])) counts[bins[at]]++;
      return counts;
    },
  };
}
