import type { ClickGraphOptions } from '../../encoding/columns/click-graph.ts';
import type { EmbeddingSpec, InputSpec } from '../../encoding/columns/encoded-slates.ts';
import type { FittedFeatures } from '../../encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems, type SlateEncoder } from '../../encoding/columns/slate-encoder.ts';
import { createEncodersFitter, type EncoderOptions, type Encoders } from '../../encoding/encoders/encoders.ts';
import type { FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { checkOverrides, type FeatureSchema, type FieldOverrides, inferSchema } from '../../encoding/schema/schema.ts';
import type { MemoryLimits } from '../../memory/limits.ts';
import { createMemory, type Memory, type MemoryOptions } from '../../memory/memory.ts';
import { type Fields, mergeFields, noFields } from '../../slate/fields.ts';
import type { ImpressionFacts, JoinedLog } from '../folder/dataset.ts';
import { paused, rowSize } from '../folder/paused.ts';
import type { InMemorySlates } from '../slate-source/in-memory-slates.ts';
import type { SlateSource } from '../slate-source/slate-source.ts';
import { checkEncodeOptions } from './check-encode-options.ts';
import { type EncodedLists, type ExpectedLists, type ListsOptions, listsInMemory } from './encoded-lists.ts';
import { partialCopies } from './partial-copies.ts';
import { assignSplit, checkTrainingClicks, type SplitOptions } from './split.ts';
import { trainingFields } from './training-fields.ts';
import { walk } from './walk.ts';

/** How a data set is split and encoded. */
export interface EncodeOptions {
  readonly split: SplitOptions;
  readonly fields: FieldOverrides;
  readonly encoders: EncoderOptions;
  readonly historyLength: number;
  /** Width of every embedding table's rows. */
  readonly embeddingWidth: number;
  /** Also samples the click graph. */
  readonly graph?: ClickGraphOptions | undefined;
  /** Partial copies encoded beside every training list of two items or more; none unless told otherwise. */
  readonly partial?: number | undefined;
  /** What the memory may hold; without, everything. */
  readonly memory?: MemoryLimits | undefined;
  /** Aborts the walk, between two items if need be. */
  readonly signal?: AbortSignal | undefined;
}

/** A data set as numbers, with everything needed to encode more of the same. */
export interface EncodedDataset<S extends SlateSource = InMemorySlates> {
  readonly slates: S;
  /** Index in the data set of each encoded impression. */
  readonly listB: Int32Array;
  /** Indices into `slates`, per part, in the order of the walk. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** The partial copies of training lists, in the order of the lists; `listB` says whose they are. */
  readonly partialOfTrain: Int32Array;
  readonly spec: InputSpec;
  readonly features: FittedFeatures;
  /** Of the training part: what the schema was inferred from. */
  readonly fields: readonly FieldStatistics[];
  /** What is known after the whole log. */
  readonly memory: Memory;
}

/** Beside the three parts of `assignSplit`. */
const PARTIAL = 3;

/**
 * Walks a data set in time order and encodes every impression from what came before it. With a split by user the held-out users come
 * after the training users (validation, then test), each in time order: what the training users ever did is known to them, nothing of their own future is. Metadata goes by
 * the clock for them too, and so does the click graph: it has no edge younger than the list that sees it.
 * Partial copies see what their list sees and leave no trace: the whole lists are encoded bitwise as they are without them.
 */
export const encodeDataset = (
  dataset: JoinedLog,
  options: EncodeOptions,
  onProgress?: (lists: number) => void,
): Promise<EncodedDataset> => encodeInto(listsInMemory, dataset, options, onProgress);

/** The same, with the lists where `keep` keeps them. */
export async function encodeInto<S extends SlateSource>(
  keep: (options: ListsOptions, room: ExpectedLists) => EncodedLists<S>,
  dataset: JoinedLog,
  options: EncodeOptions,
  onProgress: ((lists: number) => void) | undefined,
): Promise<EncodedDataset<S>> {
  const ready = await readyToWalk(dataset, options);
  const { walked, parts } = ready;
  const memory = createMemory({ ...ready.memoryOptions, limits: options.memory });
  const { lists: count, shownItems } = dataset.summary;
  const share = 1 + (options.partial ?? 0);
  const kept = keep(listsOptions(ready, options), { lists: count * share, slots: shownItems * share });
  const encodedParts: number[] = [];
  const lists: number[] = [];
  let whole = 0;
  for await (const { impression, index, part } of walk(walked, { parts, by: options.split.by, memories: [memory] })) {
    const known = memory.asOf(impression.ranking.time);
    const copies = part === 0 ? partialCopies(impression, { list: index, count: options.partial ?? 0 }) : [];
    for (const each of [{ impression, hidden: 0 }, ...copies]) {
      kept.builder.add(each.impression, known);
      encodedParts.push(each.impression === impression ? part : PARTIAL);
      lists.push(index);
      const written = kept.added({ isTraining: part === 0 && each.impression === impression, hidden: each.hidden });
      if (written) await written;
    }
    if (++whole % 200 === 0) onProgress?.(whole);
  }
  const stored = await kept.finish();
  return encodedFrom(ready, options, {
    ...stored,
    ...{ memory, parts: Uint8Array.from(encodedParts), listB: Int32Array.from(lists) },
  });
}

/** What is known of a data set before its lists are walked. */
export interface ReadyToWalk {
  /** With pauses. */
  readonly walked: JoinedLog;
  readonly facts: ImpressionFacts;
  /** Of every list. */
  readonly parts: Uint8Array;
  readonly fields: readonly FieldStatistics[];
  readonly schema: FeatureSchema;
  readonly encoders: Encoders;
  readonly encoder: SlateEncoder;
  readonly memoryOptions: MemoryOptions;
}

export async function readyToWalk(dataset: JoinedLog, options: EncodeOptions): Promise<ReadyToWalk> {
  checkEncodeOptions(options);
  checkOverrides(dataset.fields, options.fields);
  const walked: JoinedLog = {
    ...dataset,
    rows: () => paused(dataset.rows(), { signal: options.signal, sizeOf: rowSize }),
  };
  const facts = await dataset.impressionFacts();
  const parts = assignSplit(facts, options.split);
  checkTrainingClicks(facts, parts);
  const fields = await trainingFields(walked, parts);
  const schema = inferSchema(fields, options.fields);
  const encoders = await fitEncoders(walked, { schema, parts, options: options.encoders });
  const encoder = createSlateEncoder({ encoders, historyLength: options.historyLength, graph: options.graph });
  const { joinWindow, labelTypes } = dataset.summary;
  const memoryOptions = { ...memoryItems(encoder), joinWindow, labelTypes };
  return { walked, facts, parts, fields, schema, encoders, encoder, memoryOptions };
}

/** What lists are kept with. */
export const listsOptions = ({ schema, encoders, encoder }: ReadyToWalk, options: EncodeOptions): ListsOptions => ({
  encoder,
  features: {
    schema,
    encoders,
    historyLength: options.historyLength,
    // An answer draws its neighbours once.
    graph: options.graph && { ...options.graph, redrawFrom: 0 },
  },
  hasPartial: (options.partial ?? 0) > 0,
});

/** What became of the lists of a walk: `parts` and `listB` are those of every encoded list. */
export interface Walked<S extends SlateSource>
  extends Pick<EncodedDataset<S>, 'slates' | 'features' | 'listB' | 'memory'> {
  readonly parts: Uint8Array;
}

export function encodedFrom<S extends SlateSource>(
  { fields, encoders, encoder }: ReadyToWalk,
  options: EncodeOptions,
  { slates, features, listB, memory, parts }: Walked<S>,
): EncodedDataset<S> {
  const of = (part: number): Int32Array => Int32Array.from(parts.keys()).filter((list) => parts[list] === part);
  const train = of(0);
  const spec = { ...inputSpec(encoder, { ...options, users: encoders.userIds.size }), items: slates.knownItems(train) };
  return {
    ...{ slates, listB, train, validation: of(1), test: of(2), partialOfTrain: of(PARTIAL) },
    ...{ spec, features, fields, memory },
  };
}

/** The widths and names of a model's inputs, as an encoder writes them. */
function inputSpec(
  { items, columns }: SlateEncoder,
  { users, ...options }: Pick<EncodeOptions, 'historyLength' | 'embeddingWidth' | 'graph'> & { readonly users: number },
): Omit<InputSpec, 'items'> {
  const embedding = ({ name, size }: { name: string; size: number }): EmbeddingSpec => ({
    name,
    rows: size,
    width: options.embeddingWidth,
    pooling: 'sqrt',
  });
  return {
    itemDense: items.denseNames,
    itemEmbeddings: items.vocabularySizes.map(embedding),
    slotDense: columns.slot,
    listRelative: columns.listRelative,
    contextDense: columns.context,
    contextEmbeddings: columns.contextVocabularies.map(embedding),
    ofUser: columns.ofUser,
    ...(users > 0 ? { userIds: embedding({ name: 'id', size: users + 1 }) } : {}),
    historyLength: options.historyLength,
    ...(options.graph ? { graph: { fanOut: options.graph.fanOut, clicks: options.graph.clicks } } : {}),
  };
}

async function fitEncoders(
  dataset: JoinedLog,
  { schema, parts, options }: { schema: FeatureSchema; parts: Uint8Array; options: EncoderOptions },
): Promise<Encoders> {
  const fitter = createEncodersFitter(schema, options);
  const items = new Map<string, Fields>();
  const users = new Map<string, Fields>();
  for await (const row of dataset.rows()) {
    if (row.kind === 'item')
      items.set(row.event.item, mergeFields(items.get(row.event.item) ?? noFields, row.event.fields));
    else if (row.kind === 'user')
      users.set(row.event.user, mergeFields(users.get(row.event.user) ?? noFields, row.event.fields));
    else if (parts[row.index] === 0) {
      fitter.observe(row.impression, { item: (id) => items.get(id), user: users.get(row.impression.ranking.user) });
    }
  }
  return fitter.fit();
}
