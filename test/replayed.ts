/** A memory and an encoder driven by impressions that know their clicks, as the walk over a data set drives them. */

import type { EncodedDataset } from '../src/datasets/walk/encode-dataset.ts';
import type { EncodedCandidates } from '../src/encoding/columns/encoded-candidates.ts';
import type { EncodedSlates } from '../src/encoding/columns/encoded-slates.ts';
import {
  createSlateEncoder,
  memoryItems,
  type SlateEncoder,
  type SlateEncoderOptions,
} from '../src/encoding/columns/slate-encoder.ts';
import { createMemory, type Memory } from '../src/memory/memory.ts';
import type { FeatureState } from '../src/memory/state.ts';
import type { InteractionEvent, ItemEvent, RankingEvent, UserEvent } from '../src/slate/events.ts';
import { mergeFields, noFields } from '../src/slate/fields.ts';
import type { Impression } from '../src/slate/impression.ts';
import { createTimeQueue } from '../src/slate/time-queue.ts';

export interface Replay {
  readonly encoder: SlateEncoder;
  readonly memory: Memory;
  readonly columns: SlateEncoder['columns'];
  /** What has entered. */
  readonly state: FeatureState;
  /** Merges metadata into what is known, whatever the clock. */
  applyItem(item: Pick<ItemEvent, 'item' | 'fields'>): void;
  applyUser(user: Pick<UserEvent, 'user' | 'fields'>): void;
  /** Encodes an impression at its time, then lets it enter, its clicks at theirs. */
  add(impression: Impression): void;
  /** The same without encoding it. */
  observe(impression: Impression): void;
  /** Encodes an impression that does not enter; its index among those taken next. */
  peek(impression: Impression): number;
  candidates(request: RankingEvent): EncodedCandidates;
  settle(): void;
  /** What was encoded since the last call. */
  take(): EncodedSlates;
}

export function createReplay(options: SlateEncoderOptions): Replay {
  const encoder = createSlateEncoder(options);
  const memory = createMemory({ ...memoryItems(encoder), joinWindow: 1e12, labelTypes: ['click'] });
  return replayOf(encoder, memory);
}

export function replayOf(encoder: SlateEncoder, memory: Memory): Replay {
  const clicks = createTimeQueue<InteractionEvent>();
  let builder = encoder.begin();
  let lists = 0;

  function tellClicks(before: number): void {
    for (let click = clicks.popBefore(before); click; click = clicks.popBefore(before)) memory.apply(click);
  }

  function observe({ ranking, clickTimesK }: Impression): void {
    tellClicks(ranking.time);
    const id = `${ranking.id} ${lists++}`;
    memory.apply({ ...ranking, id });
    for (const [k, { id: item }] of ranking.items.entries()) {
      const time = Math.max(ranking.time, clickTimesK[k]);
      if (clickTimesK[k] >= 0)
        clicks.push(time, { event: 'interaction', type: 'click', ranking: id, user: ranking.user, item, time });
    }
  }

  function peek(impression: Impression): number {
    tellClicks(impression.ranking.time);
    builder.add(impression, memory.asOf(impression.ranking.time));
    return builder.count() - 1;
  }

  return {
    encoder,
    memory,
    columns: encoder.columns,
    get state() {
      return memory.asOf(Number.NEGATIVE_INFINITY).state;
    },
    applyItem: ({ item, fields }) =>
      memory.replaceFields('item', item, mergeFields(memory.items.fieldsOf(item) ?? noFields, fields)),
    applyUser: ({ user, fields }) =>
      memory.replaceFields('user', user, mergeFields(memory.userFields(user) ?? noFields, fields)),
    add(impression) {
      peek(impression);
      observe(impression);
    },
    observe,
    peek,
    candidates(request) {
      tellClicks(request.time);
      return encoder.candidates(request, memory);
    },
    settle() {
      tellClicks(Number.POSITIVE_INFINITY);
      memory.restart();
    },
    take() {
      const slates = builder.finish();
      builder = encoder.begin();
      return slates;
    },
  };
}

/** The one path from the data set's end on, with the faces of a replay. */
export const replayAfter = ({ features, memory }: Pick<EncodedDataset, 'features' | 'memory'>): Replay =>
  replayOf(createSlateEncoder(features), memory);

/** Ids of the items that a memory knows, in the order they were met. */
export const knownItemsOf = (memory: Memory): readonly string[] => Array.from(memory.items.entries(), ([, id]) => id);

/** Ids of the users whose lists have entered. */
export const knownUsersOf = (memory: Memory): readonly string[] => memory.snapshot().users.map(([id]) => id);
