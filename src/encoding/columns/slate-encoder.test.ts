import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems, impression, randomLog } from '../../../test/example-features.ts';
import { createReplay, knownUsersOf, type Replay } from '../../../test/replayed.ts';
import type { Impression } from '../../slate/impression.ts';
import type { EncodedSlates } from './encoded-slates.ts';

function newReplay(): Replay {
  const replay = createReplay({
    encoders: exampleEncoders,
    historyLength: 3,
    graph: { fanOut: 2, clicks: 2, seed: 1 },
  });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  return replay;
}

function encodeLog(log: readonly Impression[]): { readonly slates: EncodedSlates; readonly replay: Replay } {
  const replay = newReplay();
  for (const each of log) replay.add(each);
  return { slates: replay.take(), replay };
}

/** What rows hold, since their numbers go by first use: the item, its numbers, its bags; nothing of no row. */
function contentsOf({ items }: EncodedSlates, rows: Int32Array): readonly number[][] {
  const width = items.denseRF.length / items.count;
  return Array.from(rows, (row) => {
    if (row < 0) return [];
    const bags = items.bags.map(({ offsets, ids }) => [-9, ...ids.subarray(offsets[row], offsets[row + 1])]);
    return [items.itemR[row], ...items.denseRF.subarray(row * width, (row + 1) * width), ...bags.flat()];
  });
}

/** Everything a model sees of impression b, without its labels. */
function inputsOf(slates: EncodedSlates, b: number): readonly (readonly (number | number[])[])[] {
  const [start, end] = [slates.offsets[b], slates.offsets[b + 1]];
  const F = slates.slotDenseSF.length / slates.offsets[slates.count];
  const C = slates.contextDenseBF.length / slates.count;
  const H = slates.clickedBH.length / slates.count;
  return [
    [...slates.slotDenseSF.subarray(start * F, end * F)],
    contentsOf(slates, slates.itemRowS.subarray(start, end)),
    [...slates.itemRateS.subarray(start, end)],
    [...slates.contextDenseBF.subarray(b * C, (b + 1) * C)],
    contentsOf(slates, slates.clickedBH.subarray(b * H, (b + 1) * H)),
    contentsOf(slates, slates.skippedBH.subarray(b * H, (b + 1) * H)),
    neighboursOf(slates, start, end),
  ];
}

/** The click graph around some slots: what each sampled user had clicked. */
function neighboursOf(slates: EncodedSlates, start: number, end: number): readonly (number | number[])[] {
  const { graph } = slates;
  if (!graph) return [];
  const { fanOut: F, clicks: G, neighbourSF, clickedNG } = graph;
  const nodes = [...neighbourSF.subarray(start * F, end * F)];
  return nodes.flatMap((node) => (node < 0 ? [-9] : contentsOf(slates, clickedNG.subarray(node * G, (node + 1) * G))));
}

describe('an impression sees only what came strictly before it', () => {
  it('does not move when a click at its own time or later is added, taken away or delayed', () => {
    const change = fc.record({ list: fc.nat(), slot: fc.nat(), delay: fc.constantFrom(-1, 0, 1, 90_000, 1e9) });
    fc.assert(
      fc.property(randomLog, change, (log, { list, slot, delay }) => {
        const at = list % log.length;
        const k = slot % log[at].clickTimesK.length;
        const before = log[at].clickTimesK[k];
        const after = delay < 0 ? -1 : log[at].ranking.time + delay;
        const clickTimesK = log[at].clickTimesK.with(k, after);
        const changed = log.with(at, { ...log[at], clickTimesK });
        const since = Math.min(before < 0 ? Infinity : before, after < 0 ? Infinity : after);
        const original = encodeLog(log).slates;
        const moved = encodeLog(changed).slates;
        for (const [b, { ranking }] of log.entries()) {
          if (ranking.time <= since) expect(inputsOf(moved, b)).toEqual(inputsOf(original, b));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not move when all later lists are other ones', () => {
    fc.assert(
      fc.property(randomLog, randomLog, fc.nat(), (log, other, cut) => {
        const kept = log.slice(0, 1 + (cut % log.length));
        const { time } = kept[kept.length - 1].ranking;
        const later = other.filter(({ ranking }) => ranking.time >= time);
        const alone = encodeLog(kept).slates;
        const followed = encodeLog([...kept, ...later]).slates;
        for (const b of kept.keys()) expect(inputsOf(followed, b)).toEqual(inputsOf(alone, b));
      }),
    );
  });

  it('moves when an earlier click is taken away', () => {
    const later = impression(10_000, 'u', ['a', 'b']);
    const clicked = encodeLog([impression(0, 'u', ['a', 'c'], { a: 9_999 }), later]).slates;
    const notYet = encodeLog([impression(0, 'u', ['a', 'c'], { a: 10_000 }), later]).slates;
    const never = encodeLog([impression(0, 'u', ['a', 'c']), later]).slates;
    expect(inputsOf(clicked, 1)).not.toEqual(inputsOf(never, 1));
    expect(inputsOf(notYet, 1)).toEqual(inputsOf(never, 1));
  });

  it('does not see another list of the same millisecond, whatever their order', () => {
    const [first, second] = [impression(5, 'u', ['a']), impression(5, 'u', ['a', 'b'], { a: 5 })];
    const ahead = encodeLog([impression(0, 'u', ['b'], { b: 1 }), first, second]).slates;
    const behind = encodeLog([impression(0, 'u', ['b'], { b: 1 }), second, first]).slates;
    expect(inputsOf(behind, 2)).toEqual(inputsOf(ahead, 1));
    expect(inputsOf(behind, 1)).toEqual(inputsOf(ahead, 2));
  });
});

describe('slate encoder', () => {
  it('encodes a request for scores as it would encode the impression, and forgets it', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        const replay = newReplay();
        for (const each of log) {
          replay.peek({ ...each, clickTimesK: each.clickTimesK.map(() => -1) });
          replay.peek(each);
          replay.add(each);
        }
        const twice = replay.take();
        const once = encodeLog(log).slates;
        for (const b of log.keys()) {
          expect(inputsOf(twice, 3 * b)).toEqual(inputsOf(once, b));
          expect(inputsOf(twice, 3 * b + 1)).toEqual(inputsOf(once, b));
          expect(inputsOf(twice, 3 * b + 2)).toEqual(inputsOf(once, b));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('hands over in pieces what it would hand over at once', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        const whole = encodeLog(log).slates;
        const replay = newReplay();
        for (const [b, each] of log.entries()) {
          replay.add(each);
          const piece = replay.take();
          expect(piece.count).toBe(1);
          expect(inputsOf(piece, 0)).toEqual(inputsOf(whole, b));
          expect([...piece.labelS]).toEqual([...each.clickTimesK].map((time) => Number(time >= 0)));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('lets everything under way enter when it settles, and goes on from an earlier time', () => {
    const replay = newReplay();
    replay.add(impression(1000, 'u', ['a', 'b'], { a: 50_000 }));
    replay.settle();
    expect(replay.state).toMatchObject({ exposures: 2, clicks: 1 });
    replay.add(impression(10, 'held out', ['a', 'b']));
    const { itemRateS } = replay.take();
    // Overall (1 + 1) / (2 + 10) = 1/6, so the prior is 10/6 clicks of 10 exposures.
    expect(itemRateS[2]).toBeCloseTo((1 + 10 / 6) / 11, 6);
    expect(itemRateS[3]).toBeCloseTo(10 / 6 / 11, 6);
  });

  it('keeps no history for impressions without a user', () => {
    const { slates, replay } = encodeLog([
      impression(0, '', ['a'], { a: 1 }),
      impression(10, '', ['a']),
      impression(20, 'u', ['a']),
    ]);
    replay.settle();
    expect(knownUsersOf(replay.memory)).toEqual(['u']);
    expect([...slates.clickedBH]).toEqual(new Array(9).fill(-1));
    expect(new Set(slates.userB).size).toBe(3);
    expect(slates.itemRateS[1]).toBeGreaterThan(slates.itemRateS[0]);
  });

  it('lists the latest clicked and skipped items first, each once', () => {
    const log = [
      impression(0, 'u', ['a', 'b', 'c'], { a: 1, b: 2 }),
      impression(10, 'u', ['d', 'a', 'b'], { a: 11 }),
      impression(20, 'u', ['e']),
    ];
    const { slates, replay } = encodeLog(log);
    const ids = new Map(Array.from(replay.memory.items.entries(), ([index, id]) => [index, id]));
    const named = (rows: Int32Array): readonly string[] =>
      Array.from(rows, (row) => (row < 0 ? '' : (ids.get(slates.items.itemR[row]) ?? 'unknown')));
    expect(named(slates.clickedBH.subarray(3, 6))).toEqual(['b', 'a', '']);
    expect(named(slates.skippedBH.subarray(3, 6))).toEqual(['c', '', '']);
    expect(named(slates.clickedBH.subarray(6, 9))).toEqual(['a', 'b', '']);
    expect(named(slates.skippedBH.subarray(6, 9))).toEqual(['b', 'd', 'c']);
  });

  it('gives a new row to a new version of an item, and the old row to earlier impressions', () => {
    const replay = newReplay();
    replay.add(impression(0, 'u', ['a']));
    replay.applyItem({ item: 'a', fields: { ...exampleItems.a, price: 3 } });
    replay.add(impression(10, 'u', ['a']));
    const { items, itemRowS } = replay.take();
    const width = items.denseRF.length / items.count;
    expect(items.denseRF[itemRowS[0] * width]).toBe(1);
    expect(items.denseRF[itemRowS[1] * width]).toBe(3);
  });

  it('names every column it writes', () => {
    const { slates, replay } = encodeLog([impression(0, 'u', ['a', 'b', 'c'])]);
    expect(slates.slotDenseSF.length).toBe(3 * replay.columns.slot.length);
    expect(slates.contextDenseBF.length).toBe(replay.columns.context.length);
    expect(new Set(replay.columns.slot).size).toBe(replay.columns.slot.length);
    expect(replay.columns.slot).toEqual(expect.arrayContaining([...replay.columns.listRelative]));
  });

  it('stays finite on extreme input and in bounded memory at a stray position', () => {
    const replay = newReplay();
    const far = impression(0, 'u', ['a', 'b'], { a: 0, b: 0 });
    const items = far.ranking.items.map((item) => ({ ...item, position: 2 ** 31, fields: { relevancy: 1e300 } }));
    for (let time = 0; time < 60; time++) replay.add({ ...far, ranking: { ...far.ranking, time, items } });
    const slates = replay.take();
    expect(slates.slotDenseSF.every(Number.isFinite)).toBe(true);
    expect(slates.contextDenseBF.every(Number.isFinite)).toBe(true);
    expect(replay.state.positionExposures.length).toBeLessThan(1000);
  });
});
