/** Impressions in time order in, encoded slates out: the one path from a log to a model's inputs, for training, evaluation and serving. */
import type { ItemEvent, RankingEvent, UserEvent } from '../../slate/events.ts';
import { type Fields, mergeFields, noFields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import type { EncodedCandidates } from '../batches/encoded-candidates.ts';
import type { Encoders } from '../encoders/encoders.ts';
import { ageNames, denseNames, writeAges, writeDense } from '../encoders/fields-encoder.ts';
import { createItemTable, type ItemRow, type ItemTable } from '../encoders/item-table.ts';
import { type ClickMemory, createClickMemory } from '../state/click-memory.ts';
import { advanceTo } from '../state/observe.ts';
import { expectedRate, lift, overallRate, positionRate, smoothedRate } from '../state/rates.ts';
import { createFeatureState, createUserState, type FeatureState, type UserState } from '../state/state.ts';
import { type ClickGraphOptions, type ClickGraphSampler, createClickGraphSampler } from './click-graph.ts';
import { createContextFeatures, type RequestContext } from './context-features.ts';
import type { EncodedSlates } from './encoded-slates.ts';
import { createListFeatures } from './list-features.ts';
import { createSlateColumns, type SlateColumns } from './slate-columns.ts';
import { createSlotFeatures, expectedLogOdds } from './slot-features.ts';

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
  /** Lets an impression's exposures and clicks enter the state as `add` does, without encoding it: what was known later, at no memory but the state's. */
  observe(impression: Impression): void;
  /** Encodes without a trace in the state: a request for scores. */
  peek(impression: Impression): number;
  /** Encodes the N items of a request as candidates of slates to come, without a trace in the state. */
  candidates(request: RankingEvent): EncodedCandidates;
  /** Lets everything under way enter and restarts the clock: held-out users are replayed after the training users, whatever their times. */
  settle(): void;
  /**
   * Begins the click graph anew, as before the first click: until `settle` it knows the clicks that `recall` and `add` tell it, in time order, so that no edge is
   * younger than the list that sees it. Of no effect where the graph is not sampled.
   */
  rewindGraph(): void;
  /** Tells the click graph of an impression that the rest of the state has seen already. */
  recall(impression: Impression): void;
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

/** The items of a list: their indices, current metadata and positions. */
interface ShownItems {
  readonly indices: readonly number[];
  readonly itemRows: readonly ItemRow[];
  readonly positions: readonly number[];
}

export function createReplay({ encoders, historyLength, graph, state = createFeatureState() }: ReplayOptions): Replay {
  const table = createItemTable({ encoder: encoders.item, ids: encoders.itemIds });
  const slotFeatures = createSlotFeatures(table);
  const rankedNames = denseNames(encoders.rankedItem);
  const agesNames = [...ageNames(encoders.item), ...ageNames(encoders.rankedItem)];
  const comparable = slotFeatures.comparable.map((name) => ({ name, at: slotFeatures.names.indexOf(name) }));
  const rankedStart = slotFeatures.names.length;
  const agesStart = rankedStart + rankedNames.length;
  const itemAgesEnd = agesStart + ageNames(encoders.item).length;
  const listStart = agesStart + agesNames.length;
  const listFeatures = createListFeatures({
    columns: comparable,
    ranked: rankedNames.map((name, at) => ({ name, at: rankedStart + at })),
    numbers: table.denseNames.slice(0, table.numbers),
    tokenCount: table.tokenCount,
  });
  const context = createContextFeatures(encoders);
  const slotNames = [...slotFeatures.names, ...rankedNames, ...agesNames, ...listFeatures.names];
  const userFields = new Map<string, Fields>();
  const newOutput = (): SlateColumns =>
    createSlateColumns({ contextVocabularies: context.vocabularySizes.length, historyLength });
  const rowOf = (item: number): ItemRow => table.current(item);
  const newSampler = (): ClickGraphSampler | undefined => graph && createClickGraphSampler(graph, rowOf);
  let output = newOutput();
  let sampler = newSampler();
  /** Where the graph's clicks are told again; otherwise they are the state's. */
  let recalled: ClickMemory | undefined;
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
    applyItem: ({ item, fields }) => table.mergeFields(item, fields),
    applyUser: ({ user, fields }) => void userFields.set(user, mergeFields(userFields.get(user) ?? noFields, fields)),
    observe(impression) {
      advanceTo(state, impression.ranking.time, rowOf);
      expose(impression);
    },
    peek: (impression) => encode(impression),
    candidates,
    add(impression, copies = []) {
      const index = encode(impression);
      for (const copy of copies) encode(copy);
      expose(impression);
      recalled?.observe(impression);
      return index;
    },
    settle() {
      advanceTo(state, Number.POSITIVE_INFINITY, rowOf);
      recalled = undefined;
    },
    rewindGraph() {
      recalled = graph && createClickMemory(table.indexOf);
    },
    recall: (impression) => recalled?.observe(impression),
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
    const { indices, itemRows, positions } = encodeItems(ranking, user);
    listFeatures.write(scratch, { K, stride, start: listStart, itemRows });

    const overall = overallRate(state);
    recalled?.advanceTo(time);
    sampler?.append(indices, time, recalled ?? state);
    const request = requestContext(ranking, user);
    return output.append({
      slotDense: scratch.subarray(0, K * stride),
      itemRows: itemRows.map(({ row }) => row),
      itemRates: indices.map((item) => smoothedRate(state.items.get(item), overall)),
      positions,
      clickTimes: clickTimesK,
      contextDense: context.dense(request),
      contextTokens: context.tokens(request),
      ...historyOf(user),
      user: ranking.user,
      time,
    });
  }

  /** Writes all slot columns but those that compare within the list into `scratch`, item after item. */
  function encodeItems({ items, time }: RankingEvent, user: UserState | undefined): ShownItems {
    const stride = slotNames.length;
    if (scratch.length < items.length * stride) scratch = new Float64Array(items.length * stride);
    else scratch.fill(0, 0, items.length * stride);
    const indices = items.map(({ id }) => table.indexOf(id));
    const itemRows = indices.map(rowOf);
    const positions = items.map(({ position }, k) => position ?? k);
    slotFeatures.write(scratch, { stride, state, user, items: indices, itemRows, positions, rowOf, time });
    for (let k = 0; k < items.length; k++) {
      const { fields } = items[k];
      const row = k * stride;
      writeDense(scratch, row + rankedStart, encoders.rankedItem, fields);
      writeAges(scratch, row + agesStart, { encoder: encoders.item, fields: itemRows[k].fields, now: time });
      writeAges(scratch, row + itemAgesEnd, { encoder: encoders.rankedItem, fields, now: time });
    }
    return { indices, itemRows, positions };
  }

  function candidates(ranking: RankingEvent): EncodedCandidates {
    advanceTo(state, ranking.time, rowOf);
    const user = state.users.get(ranking.user);
    const N = ranking.items.length;
    const stride = slotNames.length;
    const { indices, itemRows } = encodeItems(ranking, user);
    const valuesCN = new Float64Array(listFeatures.compared * N);
    listFeatures.values(valuesCN, { row: scratch, K: N, stride, itemRows, room: N });
    const request = requestContext(ranking, user);
    // Copies: the state goes on, what was known at the request does not.
    const slotDenseNF = scratch.slice(0, N * stride);
    const history = historyOf(user);
    const { exposures, clicks } = state;
    const known = {
      exposures,
      clicks,
      positionExposures: [...state.positionExposures],
      positionClicks: [...state.positionClicks],
    };
    const userLift = lift(user);
    const itemLiftsN = indices.map((item) => lift(state.items.get(item)));
    return {
      N,
      F: stride,
      items: table.encoded(),
      itemRows,
      slotDenseNF,
      valuesCN,
      positioned: slotFeatures.positioned,
      comparedPositioned: comparable.findIndex(({ at }) => at === slotFeatures.positioned),
      expectedLogOdds: (candidate, place) =>
        expectedLogOdds(positionRate(known, place), userLift, itemLiftsN[candidate]),
      listStart,
      listFeatures,
      contextDense: context.dense(request),
      listLength: context.listLength,
      contextTokens: context.tokens(request),
      historyLength,
      ...history,
    };
  }

  function requestContext(ranking: RankingEvent, user: UserState | undefined): RequestContext {
    return { state, user, userFields: userFields.get(ranking.user) ?? noFields, ranking };
  }

  /** Item rows of the user's last clicked and skipped items, latest first. */
  function historyOf(user: UserState | undefined): { readonly clicked: number[]; readonly skipped: number[] } {
    const rows = (items: readonly number[] = []): number[] =>
      items.slice(0, historyLength).map((item) => rowOf(item).row);
    return { clicked: rows(user?.clicked), skipped: rows(user?.skipped) };
  }

  function expose({ ranking, clickTimesK }: Impression): void {
    const { time, items } = ranking;
    const user = ranking.user === '' ? undefined : userOf(ranking.user);
    if (user) state.pending.push({ kind: 'impression', time, user });
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
