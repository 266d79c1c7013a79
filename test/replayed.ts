/** A memory and an encoder driven by impressions that know their clicks, as the walk over a data set drives them. */

import type { EncodedCandidates } from '../src/encoding/columns/encoded-candidates.ts';
import type { EncodedSlates } from '../src/encoding/columns/encoded-slates.ts';
import {
  createSlateEncoder,
  memoryItems,
  type SlateEncoder,
  type SlateEncoderOptions,
} from '../src/encoding/columns/slate-encoder.ts';
import { createEventQueue } from '../src/memory/event-queue.ts';
import { createMemory, type Memory } from '../src/memory/memory.ts';
import type { FeatureState } from '../src/memory/state.ts';
import type { InteractionEvent, RankingEvent } from '../src/slate/events.ts';
import type { Fields } from '../src/slate/fields.ts';
import type { Impression } from '../src/slate/impression.ts';

export interface Replay {
  readonly encoder: SlateEncoder;
  readonly memory: Memory;
  readonly columns: SlateEncoder['columns'];
  /** What has entered. */
  readonly state: FeatureState;
  applyItem(item: { readonly item: string; readonly fields: Fields }): void;
  applyUser(user: { readonly user: string; readonly fields: Fields }): void;
  /** Encodes an impression at its time, then lets it enter, its clicks at theirs. */
  add(impression: Impression): void;
  /** The same without encoding it. */
  observe(impression: Impression): void;
  /** Encodes an impression that does not enter. */
  peek(impression: Impression): void;
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
  const clicks = createEventQueue<InteractionEvent>();
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
        clicks.push({ event: 'interaction', type: 'click', ranking: id, user: ranking.user, item, time });
    }
  }

  function peek(impression: Impression): void {
    tellClicks(impression.ranking.time);
    builder.add(impression, memory.asOf(impression.ranking.time));
  }

  return {
    encoder,
    memory,
    columns: encoder.columns,
    get state() {
      return memory.asOf(Number.NEGATIVE_INFINITY).state;
    },
    applyItem: ({ item, fields }) => memory.replaceFields('item', item, fields),
    applyUser: ({ user, fields }) => memory.replaceFields('user', user, fields),
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
