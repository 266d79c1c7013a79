/** What a memory knows of the items of some lists just before each, as numbers that threads share, and a state that reads them. Legend: B lists, S slots, N numbers. */
import { countedPosition } from './rates.ts';
import { createItemState, type FeatureState, type ItemState, type KeptUsers } from './state.ts';

export interface ToldLists {
  /** Lists. */
  readonly count: number;
  /** Slots of list b: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  /** Item indices of the memory. */
  readonly itemS: Int32Array;
  /** Of each slot's item exposures, clicks, expected clicks, recent exposures and clicks and their time; of its position exposures and clicks. */
  readonly numbersSN: Float64Array;
  /** Exposures and clicks of everything. */
  readonly totalsB2: Float64Array;
}

/** N. */
export const NUMBERS = 8;

/** Room for lists of these lengths, in memory that threads share. */
export function createToldLists(lengths: Int32Array): ToldLists {
  const slots = lengths.reduce((sum, length) => sum + length, 0);
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
  return {
    count: lengths.length,
    offsets: new Int32Array(shared(4 * (lengths.length + 1))),
    itemS: new Int32Array(shared(4 * slots)),
    numbersSN: new Float64Array(shared(8 * NUMBERS * slots)),
    totalsB2: new Float64Array(shared(16 * lengths.length)),
  };
}

/** What is known before the list that was told last, of its own items and positions and of all users. */
export interface ToldState extends FeatureState {
  /** Makes this the list that is asked about. */
  tell(lists: ToldLists, at: number, positions: readonly number[]): void;
}

export function createToldState(users: KeptUsers): ToldState {
  const states: ItemState[] = [];
  const positions = 1 + countedPosition(Number.MAX_SAFE_INTEGER);
  const positionExposures = new Array<number>(positions).fill(0);
  const positionClicks = new Array<number>(positions).fill(0);
  /** By item: its slot in the list, where it was told of that list. */
  let slotOf = new Int32Array(1024);
  let listOf = new Float64Array(1024);
  let told = 0;
  let exposures = 0;
  let clicks = 0;

  return {
    users,
    positionExposures,
    positionClicks,
    get exposures() {
      return exposures;
    },
    get clicks() {
      return clicks;
    },
    items: {
      get(item) {
        if (item < 0 || item >= slotOf.length || listOf[item] !== told) return undefined;
        const state = states[slotOf[item]];
        return state.exposures > 0 ? state : undefined;
      },
    },
    tell({ offsets, itemS, numbersSN, totalsB2 }, at, shownAtK) {
      told++;
      exposures = totalsB2[2 * at];
      clicks = totalsB2[2 * at + 1];
      const start = offsets[at];
      for (let k = 0; start + k < offsets[at + 1]; k++) {
        const item = itemS[start + k];
        if (item >= slotOf.length) growTo(item + 1);
        slotOf[item] = k;
        listOf[item] = told;
        if (k === states.length) states.push(createItemState());
        const state = states[k];
        const n = NUMBERS * (start + k);
        state.exposures = numbersSN[n];
        state.clicks = numbersSN[n + 1];
        state.expected = numbersSN[n + 2];
        state.recentExposures = numbersSN[n + 3];
        state.recentClicks = numbersSN[n + 4];
        state.decayedAt = numbersSN[n + 5];
        const position = countedPosition(shownAtK[k]);
        positionExposures[position] = numbersSN[n + 6];
        positionClicks[position] = numbersSN[n + 7];
      }
    },
  };

  function growTo(count: number): void {
    const room = Math.max(count, 2 * slotOf.length);
    const [slots, lists] = [new Int32Array(room), new Float64Array(room)];
    slots.set(slotOf);
    lists.set(listOf);
    [slotOf, listOf] = [slots, lists];
  }
}
