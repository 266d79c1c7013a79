/** Legend: N candidates. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { named, type OwnFunction, wrongAnswer } from '../../slate/own-function.ts';
import type { Counted, Demand, NeverShown, StandsAt } from '../demands/demand.ts';

/** The keys of a demand of each sort; the first tells the sort. */
const NEVER: readonly (keyof NeverShown)[] = ['never'];
const COUNTED: readonly (keyof Counted)[] = ['members', 'atMost', 'atLeast', 'share'];
const STANDS: readonly (keyof StandsAt)[] = ['candidate', 'place'];

export interface Judged {
  /** The name of the rule. */
  readonly rule: string;
  /** N. */
  readonly count: number;
}

/**
 * The same demand, its candidates ascending and each once. Throws `InputError`, naming the rule, for what the search could not keep: a demand of no sort, a key that nothing reads, candidates
 * that the request does not have, counts and places that are not valid.
 */
export function judgeDemand(demand: Demand, judged: Judged): Demand {
  if (typeof demand !== 'object' || demand === null) throw wrong(judged, SOUND, demand);
  if ('members' in demand) return counted(demand, judged);
  if ('never' in demand) {
    checkKeys(demand, NEVER, judged);
    const never = candidates(demand.never, judged);
    return never === demand.never ? demand : { never };
  }
  if (!('candidate' in demand)) throw wrong(judged, SOUND, demand);
  checkKeys(demand, STANDS, judged);
  const { candidate, place } = demand;
  // A candidate or a place that this request does not have is no error: no slate of it keeps the demand.
  for (const [part, index] of [
    ['candidates', candidate ?? 0],
    ['places', place],
  ] as const)
    if (!(Number.isInteger(index) && index >= 0)) throw wrong(judged, `${part} as whole numbers from 0`, index);
  return demand;
}

const SOUND = 'demands such as { never }, { candidate, place } or { members, atMost }';

function counted(demand: Counted, judged: Judged): Counted {
  checkKeys(demand, COUNTED, judged);
  const { atMost, atLeast, share } = demand;
  if (atMost === undefined && atLeast === undefined && share === undefined)
    throw wrong(judged, 'members with atMost, atLeast or share', demand);
  for (const count of [atMost, atLeast, share])
    if (count !== undefined && !isCount(count)) throw wrong(judged, 'counts and shares as numbers from 0', count);
  const members = candidates(demand.members, judged);
  return members === demand.members ? demand : { ...demand, members };
}

/** Ascending, each once. */
function candidates(indexes: readonly number[], judged: Judged): readonly number[] {
  const { count } = judged;
  if (!Array.isArray(indexes) && !ArrayBuffer.isView(indexes)) throw wrong(judged, 'lists of candidates', indexes);
  let ascending = true;
  for (let i = 0; i < indexes.length; i++) {
    const n = indexes[i];
    if (!(Number.isInteger(n) && n >= 0 && n < count))
      throw wrong(judged, `candidates by their index from 0 to ${count - 1}`, n);
    if (i > 0 && n <= indexes[i - 1]) ascending = false;
  }
  return ascending ? indexes : [...new Set(indexes)].sort((a, b) => a - b);
}

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0;

function checkKeys(demand: Demand, keys: readonly string[], { rule }: Judged): void {
  for (const key in demand)
    if (!keys.includes(key))
      throw new InputError(
        `${named(demandsOf(rule))}: demands: ${unknownName(key, keys, 'leave it out')}`,
        'invalid-definition',
      );
}

const demandsOf = (rule: string): OwnFunction => ({ word: 'rule', name: rule, part: 'demands' });

const wrong = ({ rule }: Judged, expected: string, found: unknown): InputError =>
  wrongAnswer(demandsOf(rule), expected, found);
