import { describe, expect, it } from 'vitest';
import type { Places } from '../../slate/places.ts';
import { onPage, type PlacesScorer, rememberingLast } from './slate-value.ts';

/** Logits that tell slates, places and calls apart. */
function scorerOf(calls: (readonly Places[])[]): PlacesScorer {
  return {
    async score(slates) {
      calls.push(slates);
      const call = calls.length;
      const offsets = new Int32Array(slates.length + 1);
      for (const [at, places] of slates.entries()) offsets[at + 1] = offsets[at] + places.filter((n) => n >= 0).length;
      return {
        offsets,
        logits: Float32Array.from(slates.flatMap((places) => [...places].filter((n) => n >= 0))),
        slateLogitOf: (at) => 100 * call + at,
      };
    },
  };
}

const [one, two, three] = [[4, 5], [6], [7, -1, 8]].map((places) => Int32Array.from(places));

describe('a scorer that remembers its last answer', () => {
  it('answers for some of the last slates, in any order, as the scorer did, without asking it', async () => {
    const calls: (readonly Places[])[] = [];
    const scorer = rememberingLast(scorerOf(calls));
    await scorer.score([one, two, three]);
    const { offsets, logits, slateLogitOf } = await scorer.score([three, one]);
    expect([...offsets]).toEqual([0, 2, 4]);
    expect([...logits]).toEqual([7, 8, 4, 5]);
    expect([0, 1].map(slateLogitOf)).toEqual([102, 100]);
    expect(calls).toHaveLength(1);
  });

  it('asks again where one slate is another, or was asked about before the last time, and does not take a copy for the same slate', async () => {
    const calls: (readonly Places[])[] = [];
    const scorer = rememberingLast(scorerOf(calls));
    await scorer.score([one, two]);
    await scorer.score([one, three]);
    const { slateLogitOf } = await scorer.score([two]);
    expect(slateLogitOf(0)).toBe(300);
    await scorer.score([Int32Array.from(two)]);
    expect(calls).toHaveLength(4);
  });

  it('is asked about a longer page only for what it does not know', async () => {
    const calls: (readonly Places[])[] = [];
    const scorer = rememberingLast(onPage(scorerOf(calls), 4));
    await scorer.score([one]);
    await scorer.score([one]);
    expect(calls.map((slates) => slates.map((places) => [...places]))).toEqual([[[4, 5, -1, -1]]]);
  });
});
