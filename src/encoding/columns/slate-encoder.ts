/** Lists and what is known before them in, columns out: the one path from a log or a request to a model's inputs, for training, evaluation and serving. Asking leaves no trace. */
import { z } from 'zod';
import type { ItemVersion } from '../../memory/item-version.ts';
import type { Known } from '../../memory/known.ts';
import type { Memory, MemoryOptions } from '../../memory/memory.ts';
import { lift, overallRate, positionRate, smoothedRate } from '../../memory/rates.ts';
import type { UserState } from '../../memory/state.ts';
import { checkOptions } from '../../slate/check-options.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { noFields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import type { Encoders } from '../encoders/encoders.ts';
import { ageNames, denseNames, writeAges, writeDense } from '../encoders/fields-encoder.ts';
import { createItemEncoder, type ItemEncoder } from '../encoders/item-encoder.ts';
import { checkAsked } from './check-asked.ts';
import { checkEncoder } from './check-columns.ts';
import { type ClickGraphOptions, createClickGraphSampler } from './click-graph.ts';
import { createContextFeatures, type RequestContext } from './context-features.ts';
import type { EncodedCandidates } from './encoded-candidates.ts';
import type { EncodedSlates } from './encoded-slates.ts';
import { createItemRows, type ItemRows } from './item-rows.ts';
import { createListFeatures } from './list-features.ts';
import { type ColumnsRoom, createSlateColumns, type ListColumns } from './slate-columns.ts';
import { createSlotFeatures, expectedLogOdds } from './slot-features.ts';

/** Turns lists, and what is known before them, into columns of numbers. */
export interface SlateEncoder {
  /** Items' metadata as numbers: what a memory describes its items with. */
  readonly items: ItemEncoder;
  readonly columns: ColumnNames;
  /** Requests as columns, each from what is known before it, or as of the clock where that is later. Throws `InputError` for a request that is not valid. */
  encode(requests: readonly RankingEvent[], memory: Pick<Memory, 'asOf'>): EncodedSlates;
  /** Columns that grow list by list while a memory goes on; `room`: how many lists and slots are to come. */
  begin(room?: ColumnsRoom): SlateBuilder;
  /** The N items of a request as candidates of slates to come; nothing of the memory is held. */
  candidates(request: RankingEvent, memory: Pick<Memory, 'asOf'>): EncodedCandidates;
}

export interface SlateBuilder {
  /** Appends a list, encoded from what is known. */
  add(impression: Impression, known: Known): void;
  /** Lists so far, since the last `take`. No getter: each request has a builder, and those of one object are slow to make. */
  count(): number;
  /** Item versions so far, of all lists. */
  readonly rows: Pick<ItemRows, 'count' | 'itemsFrom'>;
  /** The lists since the last time, which are let go; their items are told at the end. Not of an encoder that samples the click graph. */
  take(): ListColumns;
  finish(): EncodedSlates;
}

/** Names of the dense columns. */
export interface ColumnNames {
  readonly slot: readonly string[];
  readonly listRelative: readonly string[];
  readonly context: readonly string[];
  readonly contextVocabularies: readonly { readonly name: string; readonly size: number }[];
  /** Those of the context that are the user's own, numbers and vocabularies. */
  readonly ofUser: readonly string[];
}

/** What an encoder is made of. */
export interface SlateEncoderOptions {
  readonly encoders: Encoders;
  readonly historyLength: number;
  /** Also samples the click graph's neighbours of every shown item. */
  readonly graph?: ClickGraphOptions | undefined;
}

/** Positions are 32-bit numbers to a model; a stray one beyond is the last. */
const LAST_POSITION = 2 ** 31 - 1;

/** The items of a list: their indices, current versions and positions. */
interface ShownItems {
  readonly indices: readonly number[];
  readonly versions: readonly ItemVersion[];
  readonly positions: readonly number[];
}

/** Fitted features hold more than an encoder needs: other names are passed over. */
const optionsSchema = z.looseObject({
  encoders: z.looseObject({}),
  historyLength: z.number().int().min(1),
  graph: z.looseObject({}).optional(),
});

/** An encoder of requests, by encoders that were fitted on the training part. */
export function createSlateEncoder(options: SlateEncoderOptions): SlateEncoder {
  checkOptions(optionsSchema, options, 'createSlateEncoder');
  const { encoders, historyLength, graph } = options;
  const items = createItemEncoder({ encoder: encoders.item, ids: encoders.itemIds });
  const slotFeatures = createSlotFeatures(items);
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
    numbers: items.denseNames.slice(0, items.numbers),
    tokenCount: items.tokenCount,
  });
  const context = createContextFeatures(encoders);
  const slotNames = [...slotFeatures.names, ...rankedNames, ...agesNames, ...listFeatures.names];
  const stride = slotNames.length;
  const userRowOf = ({ user }: RankingEvent): number => encoders.userIds.get(user) ?? 0;
  // Filled and read within one call.
  let scratch = new Float64Array(0);

  return {
    items,
    columns: {
      slot: slotNames,
      listRelative: listFeatures.names,
      context: context.names,
      contextVocabularies: context.vocabularySizes,
      ofUser: context.ofUser,
    },
    encode(requests, memory) {
      checkAsked(requests, memory);
      const slots = requests.reduce((sum, ranking) => sum + ranking.items.length, 0);
      const builder = begin({ lists: requests.length, slots });
      for (const ranking of requests) {
        builder.add(
          { ranking, clickTimesK: new Float64Array(ranking.items.length).fill(-1) },
          memory.asOf(ranking.time),
        );
      }
      return builder.finish();
    },
    begin,
    candidates,
  };

  function begin(room: ColumnsRoom = { lists: 64, slots: 640 }): SlateBuilder {
    const rows = createItemRows(items.vocabularySizes.length);
    const widths = { F: stride, C: context.names.length, contextVocabularies: context.vocabularySizes.length };
    const columns = createSlateColumns({ ...widths, historyLength }, room);
    const sampler = graph && createClickGraphSampler(graph);
    let count = 0;
    return {
      count: () => count,
      rows,
      add({ ranking, clickTimesK }, known) {
        const { state, time } = known;
        const user = state.users.get(ranking.user);
        const K = ranking.items.length;
        const { indices, versions, positions } = encodeItems(ranking, { known, user });
        listFeatures.write(scratch, { K, stride, start: listStart, versions });
        const overall = overallRate(state);
        const request = requestContext(ranking, { known, user });
        const shown = versions.map(rows.rowOf);
        sampler?.append(indices, time, { clicks: known.clicks, rowOf: rowOf(rows, known) });
        columns.append({
          slotDense: scratch.subarray(0, K * stride),
          itemRows: shown,
          itemRates: indices.map((item) => smoothedRate(state.items.get(item), overall)),
          positions,
          clickTimes: clickTimesK,
          contextDense: context.dense(request),
          contextTokens: context.tokens(request),
          ...historyOf(user, rowOf(rows, known)),
          userRow: userRowOf(ranking),
          user: ranking.user,
          time: ranking.time,
        });
        count++;
      },
      take() {
        if (sampler) throw new Error('take: expected an encoder without a click graph, found one that samples it');
        count = 0;
        return columns.take();
      },
      finish() {
        const slates = columns.finish(rows.finish());
        return sampler ? { ...slates, graph: sampler.finish() } : slates;
      },
    };
  }

  /** Writes all slot columns but those that compare within the list into `scratch`, item after item. */
  function encodeItems({ items: shown }: RankingEvent, { known, user }: Asked): ShownItems {
    if (scratch.length < shown.length * stride) scratch = new Float64Array(shown.length * stride);
    else scratch.fill(0, 0, shown.length * stride);
    const { state, time, versionOf } = known;
    const indices = shown.map(({ id }) => known.items.indexOf(id) ?? -1);
    const versions = shown.map(({ id }, k) => versionOf(indices[k]) ?? unknownItem(id));
    const positions = shown.map(({ position }, k) => Math.min(position ?? k, LAST_POSITION));
    slotFeatures.write(scratch, { stride, state, user, items: indices, versions, positions, versionOf, time });
    for (let k = 0; k < shown.length; k++) {
      const { fields } = shown[k];
      const row = k * stride;
      writeDense(scratch, row + rankedStart, encoders.rankedItem, fields);
      writeAges(scratch, row + agesStart, { encoder: encoders.item, fields: versions[k].fields, now: time });
      writeAges(scratch, row + itemAgesEnd, { encoder: encoders.rankedItem, fields, now: time });
    }
    return { indices, versions, positions };
  }

  function candidates(ranking: RankingEvent, memory: Pick<Memory, 'asOf'>): EncodedCandidates {
    const known = memory.asOf(ranking.time);
    const { state } = known;
    const user = state.users.get(ranking.user);
    const N = ranking.items.length;
    const { indices, versions } = encodeItems(ranking, { known, user });
    const valuesCN = new Float64Array(listFeatures.compared * N);
    listFeatures.values(valuesCN, { row: scratch, K: N, stride, versions, room: N });
    const request = requestContext(ranking, { known, user });
    const rows = createItemRows(items.vocabularySizes.length);
    const rowN = versions.map(rows.rowOf);
    const history = historyOf(user, rowOf(rows, known));
    const sampler = graph && createClickGraphSampler(graph);
    sampler?.append(indices, known.time, { clicks: known.clicks, rowOf: rowOf(rows, known) });
    // Copies: the memory goes on, what was known at the request does not.
    const slotDenseNF = scratch.slice(0, N * stride);
    const { exposures, clicks } = state;
    const counts = {
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
      items: rows.finish(),
      rowN,
      versions,
      slotDenseNF,
      valuesCN,
      positioned: slotFeatures.positioned,
      comparedPositioned: comparable.findIndex(({ at }) => at === slotFeatures.positioned),
      expectedLogOdds: (candidate, place) =>
        expectedLogOdds(positionRate(counts, place), userLift, itemLiftsN[candidate]),
      listStart,
      listFeatures,
      contextDense: context.dense(request),
      listLength: context.listLength,
      contextTokens: context.tokens(request),
      userRow: userRowOf(ranking),
      historyLength,
      ...history,
      ...(sampler ? { graph: sampler.finish() } : {}),
    };
  }

  function unknownItem(id: string): ItemVersion {
    return items.describe({ index: -1, id, fields: noFields });
  }

  function requestContext(ranking: RankingEvent, { known, user }: Asked): RequestContext {
    const { state, time } = known;
    return { state, user, userFields: known.userFields(ranking.user) ?? noFields, ranking, time };
  }

  /** Item rows of the user's last clicked and skipped items, latest first. */
  function historyOf(
    user: UserState | undefined,
    row: (item: number) => number,
  ): { readonly clicked: number[]; readonly skipped: number[] } {
    const latest = (recent: readonly number[] = []): number[] =>
      recent
        .slice(0, historyLength)
        .map(row)
        .filter((at) => at >= 0);
    return { clicked: latest(user?.clicked), skipped: latest(user?.skipped) };
  }
}

/** What a memory needs to describe its items for an encoder. */
export function memoryItems(encoder: Pick<SlateEncoder, 'items'>): Pick<MemoryOptions, 'describe' | 'denseColumns'> {
  checkEncoder(encoder, 'memoryItems');
  const { items } = encoder;
  return { describe: items.describe, denseColumns: items.denseNames.length };
}

interface Asked {
  readonly known: Known;
  readonly user: UserState | undefined;
}

/** Row of an item's current version; -1 of an item that was evicted. */
const rowOf =
  (rows: ItemRows, { versionOf }: Known) =>
  (item: number): number => {
    const version = versionOf(item);
    return version ? rows.rowOf(version) : -1;
  };
