/** Where lists go as they are encoded: into memory, or to files. Both fit the normalisers on the training lists, in their order. */
import type { EncodedItems } from '../../encoding/columns/encoded-slates.ts';
import { type FittedFeatures, normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { sharedColumns } from '../../encoding/columns/shared-columns.ts';
import { createSlateColumns, type ListColumns } from '../../encoding/columns/slate-columns.ts';
import type { SlateBuilder, SlateEncoder } from '../../encoding/columns/slate-encoder.ts';
import { createNormaliserFitter } from '../../encoding/encoders/normaliser.ts';
import { createInMemorySlates, type InMemorySlates } from '../slate-source/in-memory-slates.ts';
import type { SlateSource } from '../slate-source/slate-source.ts';

export interface EncodedLists<S extends SlateSource> {
  readonly builder: SlateBuilder;
  /** To be called after each list that the builder was given. */
  added(list: AddedList): Promise<void> | undefined;
  finish(): Promise<{ readonly slates: S; readonly features: FittedFeatures }>;
}

/** The same of lists that come as columns. */
export interface KeptColumns<S extends SlateSource> {
  /** The next `CHUNK` lists, fewer only at the end, and what each of them is. */
  add(columns: ListColumns, facts: readonly AddedList[]): Promise<void> | undefined;
  finish(items: EncodedItems): Promise<{ readonly slates: S; readonly features: FittedFeatures }>;
}

export interface AddedList {
  readonly isTraining: boolean;
  /** Items that a partial copy hides. */
  readonly hidden: number;
}

export interface ListsOptions {
  readonly encoder: SlateEncoder;
  /** What is known of the features but the normalisers. */
  readonly features: Omit<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>;
  /** Whether there are partial copies. */
  readonly hasPartial: boolean;
}

/** What is to come, so that room is made at once. */
export interface ExpectedLists {
  readonly lists: number;
  readonly slots: number;
}

export function listsInMemory(options: ListsOptions, room: ExpectedLists): EncodedLists<InMemorySlates> {
  const builder = options.encoder.begin({ ...room, sharing: 'shared' });
  const fitters = fittersOf(options.encoder);
  const facts: AddedList[] = [];
  return {
    builder,
    added: (list) => void facts.push(list),
    async finish() {
      const columns = builder.finish();
      fitters.add(columns, facts);
      const features = { ...options.features, ...fitters.fit() };
      const whole = options.hasPartial ? { ...columns, restB: hiddenOf(facts) } : columns;
      return { slates: createInMemorySlates(sharedColumns(normaliseSlates(whole, features))), features };
    },
  };
}

/** The same of lists that come as columns, none of them partial. */
export function columnsInMemory({ encoder, features }: ListsOptions, room: ExpectedLists): KeptColumns<InMemorySlates> {
  const fitters = fittersOf(encoder);
  const { slot, context, contextVocabularies } = encoder.columns;
  const widths = { F: slot.length, C: context.length, contextVocabularies: contextVocabularies.length };
  const all = createSlateColumns({ ...widths, historyLength: features.historyLength }, { ...room, sharing: 'shared' });
  return {
    add(columns, facts) {
      fitters.add(columns, facts);
      return void all.appendAll(columns);
    },
    async finish(items) {
      const whole = { ...features, ...fitters.fit() };
      return {
        slates: createInMemorySlates(sharedColumns(normaliseSlates(all.finish(items), whole))),
        features: whole,
      };
    },
  };
}

const hiddenOf = (facts: readonly AddedList[]): Int32Array => Int32Array.from(facts, ({ hidden }) => hidden);

/** Of both normalisers. */
export function fittersOf({ columns }: SlateEncoder): {
  add(lists: ListColumns, facts: readonly AddedList[]): void;
  fit(): Pick<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>;
} {
  const slot = createNormaliserFitter(columns.slot.length);
  const context = createNormaliserFitter(columns.context.length);
  return {
    add({ offsets, slotDenseSF, contextDenseBF }, facts) {
      for (const [list, { isTraining }] of facts.entries()) {
        if (!isTraining) continue;
        slot.add(slotDenseSF, between(offsets[list], offsets[list + 1]));
        context.add(contextDenseBF, [list]);
      }
    },
    fit: () => ({ slotNormaliser: slot.fit(), contextNormaliser: context.fit() }),
  };
}

function* between(start: number, end: number): Generator<number> {
  for (let at = start; at < end; at++) yield at;
}
