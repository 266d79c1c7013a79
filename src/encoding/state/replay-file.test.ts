import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems, impression, randomLog } from '../../../test/example-features.ts';
import type { Impression } from '../../slate/impression.ts';
import { createReplay, type Replay } from '../columns/replay.ts';
import { encodersFromJson, encodersToJson } from '../encoders/encoders.ts';
import { replayFromJson, replayToJson } from './replay-file.ts';

function replayed(log: readonly Impression[]): Replay {
  const replay = createReplay({ encoders: exampleEncoders, historyLength: 3 });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  replay.applyUser({ user: 'u', fields: { age: 1 } });
  for (const each of log) replay.add(each);
  return replay;
}

const stored = (replay: Replay): Replay =>
  replayFromJson(JSON.parse(JSON.stringify(replayToJson(replay))), {
    encoders: encodersFromJson(JSON.parse(JSON.stringify(encodersToJson(exampleEncoders)))),
    historyLength: 3,
  });

describe('a stored replay', () => {
  it('goes on as if it had never been stored: the same features to the last bit', () => {
    fc.assert(
      fc.property(randomLog, randomLog, (log, later) => {
        const original = replayed(log);
        original.settle();
        original.take();
        const loaded = stored(original);
        for (const replay of [original, loaded]) for (const each of later) replay.add(each);
        const [expected, found] = [original.take(), loaded.take()];
        expect(found.slotDenseSF).toEqual(expected.slotDenseSF);
        expect(found.contextDenseBF).toEqual(expected.contextDenseBF);
        expect(found.itemRateS).toEqual(expected.itemRateS);
        // Rows are numbered by first use, so the same item may have another row: compare what the rows hold.
        const history = ({ clickedBH, skippedBH, items }: typeof expected): unknown =>
          [...clickedBH, ...skippedBH].map((row) => {
            const width = items.denseRF.length / items.count;
            return row < 0 ? [] : [...items.denseRF.subarray(row * width, (row + 1) * width)];
          });
        expect(history(found)).toEqual(history(expected));
        original.settle();
        loaded.settle();
        expect(replayToJson(loaded)).toEqual(replayToJson(original));
      }),
      { numRuns: 60 },
    );
  });

  it('must have settled: a click under way would be lost', () => {
    const replay = replayed([impression(0, 'u', ['a'], { a: 10 })]);
    expect(() => replayToJson(replay)).toThrow('3 events are under way; settle the replay first');
    replay.settle();
    expect(replayToJson(replay).clicks).toBe(1);
  });
});
