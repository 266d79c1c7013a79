/** Unknown names are mostly misspelt ones: the sentence about one says which known name was probably meant. */
import { show } from './rejected-event.ts';

/** Names that are told in full; of more, the nearest is enough. */
const TOLD = 40;

/** What to do about an unknown name. */
export interface Remedy {
  /** Where it resembles no known one. */
  readonly far: string;
  /** Said after the known name that it resembles. */
  readonly near: string;
}

/** What to do where no known name is meant. */
export const CHOOSE = 'name one of these';

/** The same of kinds of which a caller may have more: a new one may resemble one that is known. */
export const CHOOSE_OR_BRING: Remedy = {
  far: 'name one of these, or give your own in kinds',
  near: 'Otherwise give your own in kinds',
};

const farOf = (otherwise: string | Remedy): string => (typeof otherwise === 'string' ? otherwise : otherwise.far);

/** `expected one of a, b, found "x"; did you mean "a"?`, or what to do where no known name is near. */
export function unknownName(name: string, known: readonly string[], otherwise: string | Remedy = CHOOSE): string {
  const near = nearestName(name, known);
  const told =
    known.length > TOLD ? `${known.slice(0, TOLD).join(', ')} and ${known.length - TOLD} more` : known.join(', ');
  const meant = [`did you mean "${near}"?`, ...(typeof otherwise === 'string' ? [] : [otherwise.near])].join(' ');
  return `expected one of ${told}, found ${JSON.stringify(name)}; ${near === undefined ? farOf(otherwise) : meant}`;
}

/**
 * The known name that most resembles this one, whatever the case of its letters: at most two in five of its letters differ, or one of the two holds the other, as "listnet"
 * is held by "attention-listnet". Of equals the first; undefined where none resembles it.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: { readonly known: string; readonly distance: number } | undefined;
  for (const each of known) {
    const other = each.toLowerCase();
    // The distance is at least the difference of the lengths: a text of any length costs nothing.
    const bound = Math.floor(0.4 * Math.max(wanted.length, other.length));
    const holds = Math.min(wanted.length, other.length) >= 4 && (other.includes(wanted) || wanted.includes(other));
    if (Math.abs(wanted.length - other.length) > bound && !holds) continue;
    const edits = holds ? Math.min(bound, Math.abs(wanted.length - other.length)) : editDistance(wanted, other);
    if (edits <= bound && (best === undefined || edits < best.distance)) best = { known: each, distance: edits };
  }
  return best?.known;
}

/** Letters from which one may differ: shorter words are other words then. */
const LONG_ENOUGH = 5;

/** Whether two different names are most likely one, spelt in two ways: alike but for case, spaces and punctuation, or for one letter of a long one. */
export function isOtherSpelling(a: string, b: string): boolean {
  if (a === b) return false;
  const [one, other] = [a, b].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  if (one === other) return one !== '';
  return Math.min(one.length, other.length) >= LONG_ENOUGH && editDistance(one, other) === 1;
}

/** Letters put in, left out, changed, or two neighbours swapped (optimal string alignment: Damerau 1964, without editing a swapped pair again). */
function editDistance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** What is found instead of one of some words. */
export const unlike = (found: unknown, words: readonly string[], otherwise: string | Remedy = CHOOSE): string =>
  typeof found === 'string'
    ? unknownName(found, words, otherwise)
    : `expected one of ${words.join(', ')}, found ${show(found)}; ${farOf(otherwise)}`;
