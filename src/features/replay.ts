/** Impressions in time order in, encoded slates out: the one path from a log to a model's inputs, for training, evaluation and serving. */
import type { ItemEvent, UserEvent } from '../slate/events.ts';
import type { Fields } from '../slate/fields.ts';
import type { Impression } from '../slate/impression.ts';
import { type ClickGraphOptions, type ClickGraphSampler, createClickGraphSampler } from './click-graph.ts';
import { createContextFeatures, SESSION_GAP } from './context-features.ts';
import type { EncodedSlates } from './encoded-slates.ts';
import type { Encoders } from './encoders.ts';
import { ageNames, denseNames, encodeAges, encodeDense } from './fields-encoder.ts';
import { createItemTable, type ItemTable } from './item-table.ts';
import { createListFeatures } from './list-features.ts';
import { advanceTo } from './observe.ts';
import { expectedRate, lift, overallRate, positionRate, smoothedRate } from './rates.ts';
import { createSlateColumns, type SlateColumns } from './slate-columns.ts';
import { createSlotFeatures } from './slot-features.ts';
import { createFeatureState, createUserState, type FeatureState, type UserState } from './state.ts';

export interface Replay {
  readonly columns: ReplayColumns;
  readonly table: ItemTable;
  readonly state: FeatureState;
  /** Current metadata of users by id. */
  readonly userFields: ReadonlyMap<string, Fields>;
  applyItem(event: Pick<ItemEvent, 'item' | 'fields'>): void;
  applyUser(event: Pick<UserEvent, 'user' | 'fields'>): void;
  /**
   * Encodes an impression from what happened strictly before it, then lets its exposures and clicks enter the state at their times. Returns its index.
   * `copies` (parts of the same list) are encoded right after it, from the same state; nothing of theirs enters.
   */
  add(impression: Impression, copies?: readonly Impression[]): number;
  /** Encodes without a trace in the state: a request for scores. */
  peek(impression: Impression): number;
  /** Lets everything under way enter and restarts the clock: held-out users are replayed after the training users, whatever their times. */
  settle(): void;
  /** What was encoded since the last call, in order; the state goes on. */
  take(): EncodedSlates;
}

/** Names of the dense columns that a replay writes. */
export interface ReplayColumns {
  readonly slot: readonly string[];
  readonly listRelative: readonly string[];
  readonly context: readonly string[];
  readonly contextVocabularies: readonly { readonly name: string; readonly size: number }[];
}

export interface ReplayOptions {
  readonly encoders: Encoders;
  readonly historyLength: number;
  /** Also samples the click graph's neighbours of every shown item. */
  readonly graph?: ClickGraphOptions | undefined;
  /** Continue from a stored state. */
  readonly state?: FeatureState;
}

export function createReplay({ encoders, historyLength, graph, state = createFeatureState() }: ReplayOptions): Replay {
  const table = createItemTable({ encoder: encoders.item, ids: encoders.itemIds });
  const slotFeatures = createSlotFeatures(table);
  const rankedNames = denseNames(encoders.rankedItem);
  const agesNames = [...ageNames(encoders.item), ...ageNames(encoders.rankedItem)];
  const listFeatures = createListFeatures({
    columns: slotFeatures.comparable.map((name) => ({ name, at: slotFeatures.names.indexOf(name) })),
    numberNames: [...rankedNames, ...table.denseNames.slice(0, table.numbers)],
    tokenCount: table.tokenCount,
  });
  const context = createContextFeatures(encoders);
  const slotNames = [...slotFeatures.names, ...rankedNames, ...agesNames, ...listFeatures.names];
  const rankedStart = slotFeatures.names.length;
  const agesStart = rankedStart + rankedNames.length;
  const listStart = agesStart + agesNames.length;
  const userFields = new Map<string, Fields>();
  const newOutput = (): SlateColumns =>
    createSlateColumns({ contextVocabularies: context.vocabularySizes.length, historyLength });
  const rowOf = (item: number): ReturnType<ItemTable['current']> => table.current(item);
  const newSampler = (): ClickGraphSampler | undefined => graph && createClickGraphSampler(graph, { state, rowOf });
  let output = newOutput();
  let sampler = newSampler();
  let scratch = new Float64Array(0);

  return {
    columns: {
      slot: slotNames,
      listRelative: listFeatures.names,
      context: context.names,
      contextVocabularies: context.vocabularySizes,
    },
    table,
    state,
    userFields,
    applyItem: ({ item, fields }) => table.setFields(item, fields),
    applyUser: ({ user, fields }) => void userFields.set(user, fields),
    peek: (impression) => encode(impression),
    add(impression, copies = []) {
      const index = encode(impression);
      for (const copy of copies) encode(copy);
      expose(impression);
      return index;
    },
    settle: () => advanceTo(state, Number.POSITIVE_INFINITY, rowOf),
    take() {
      const slates = output.finish(table.encoded());
      const sampled = sampler?.finish();
      output = newOutput();
      sampler = newSampler();
      return sampled ? { ...slates, graph: sampled } : slates;
    },
  };

  function encode({ ranking, clickTimesK }: Impression): number {
    const { time, items } = ranking;
    advanceTo(state, time, rowOf);
    const user = state.users.get(ranking.user);
    const K = items.length;
    const stride = slotNames.length;
    if (scratch.length < K * stride) scratch = new Float64Array(K * stride);
    else scratch.fill(0, 0, K * stride);

    const overall = overallRate(state);
    const indices = items.map(({ id }) => table.indexOf(id));
    const itemRows = indices.map(rowOf);
    const ranked = items.map(({ fields }) => encodeDense(encoders.rankedItem, fields));
    for (let k = 0; k < K; k++) {
      const position = items[k].position ?? k;
      slotFeatures.write(scratch, k * stride, {
        state,
        user,
        item: indices[k],
        itemRow: itemRows[k],
        rowOf,
        position,
        time,
      });
      scratch.set(ranked[k], k * stride + rankedStart);
      if (agesNames.length > 0) scratch.set(agesOf(itemRows[k].fields, items[k].fields, time), k * stride + agesStart);
    }
    const numbers = itemRows.map(({ dense }, k) => [...ranked[k], ...dense.slice(0, table.numbers)]);
    listFeatures.write(scratch, { K, stride, start: listStart, itemRows, numbers });

    sampler?.append(indices, time);
    const request = { state, user, userFields: userFields.get(ranking.user) ?? {}, ranking };
    return output.append({
      slotDense: scratch.subarray(0, K * stride),
      itemRows: itemRows.map(({ row }) => row),
      itemRates: indices.map((item) => smoothedRate(state.items.get(item), overall)),
      positions: items.map(({ position }, k) => position ?? k),
      clickTimes: clickTimesK,
      contextDense: context.dense(request),
      contextTokens: context.tokens(request),
      clicked: (user?.clicked ?? []).slice(0, historyLength).map((item) => rowOf(item).row),
      skipped: (user?.skipped ?? []).slice(0, historyLength).map((item) => rowOf(item).row),
      user: ranking.user,
      time,
    });
  }

  function agesOf(item: Fields, ranked: Fields, time: number): number[] {
    return [...encodeAges(encoders.item, item, time), ...encodeAges(encoders.rankedItem, ranked, time)];
  }

  function expose({ ranking, clickTimesK }: Impression): void {
    const { time, items } = ranking;
    const user = ranking.user === '' ? undefined : userOf(ranking.user);
    if (user) {
      user.sessionImpressions =
        time - user.lastImpression < SESSION_GAP && user.lastImpression >= 0 ? user.sessionImpressions + 1 : 1;
      user.impressions++;
      user.lastImpression = time;
    }
    const userLift = lift(user);
    for (const [k, { id, position = k }] of items.entries()) {
      const item = table.indexOf(id);
      const base = positionRate(state, position);
      const itemLift = lift(state.items.get(item));
      const shared = {
        user,
        item,
        position,
        expectedOfUser: expectedRate(base, userLift),
        expectedOfItem: expectedRate(base, itemLift),
        expectedOfBoth: expectedRate(base, userLift, itemLift),
      };
      state.pending.push({ ...shared, kind: 'exposure', time });
      const clickTime = clickTimesK[k];
      // A click logged at its impression's own millisecond still comes after the exposure.
      if (clickTime >= 0) state.pending.push({ ...shared, kind: 'click', time: Math.max(time, clickTime) });
    }
  }

  function userOf(id: string): UserState {
    const known = state.users.get(id);
    if (known) return known;
    const fresh = createUserState(id, table.denseNames.length);
    state.users.set(id, fresh);
    return fresh;
  }
}
