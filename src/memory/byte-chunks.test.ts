import { expect, it } from 'vitest';
import { createByteChunks } from './byte-chunks.ts';
import { writeDouble } from './bytes.ts';

it('holds little more than what is there, however much came and went', () => {
  const chunks = createByteChunks();
  const places: number[] = [];
  for (let n = 0; n < 200_000; n++) {
    const writer = chunks.begin(8);
    places.push(chunks.end);
    writeDouble(writer, n);
    if (n >= 1000) chunks.removeBefore(places[n - 999]);
  }
  expect(chunks.bytes).toBeLessThan(600_000);
  expect(() => chunks.readAt(places[0])).toThrow('found none at its place');
  for (let n = 199_001; n < 200_000; n++) {
    const { view, at } = chunks.readAt(places[n]);
    expect(view.getFloat64(at, true)).toBe(n);
  }
});

it('copies a chunk that changes once for all pictures of it, and not at all when they are let go', () => {
  const chunks = createByteChunks();
  writeDouble(chunks.begin(8), 1);
  const [first, second] = [chunks.capture(0), chunks.capture(0)];
  chunks.changeAt(0).bytes.fill(7, 0, 8);
  const changed = chunks.changeAt(0).bytes;
  expect(chunks.readAt(0).bytes).toBe(changed);
  for (const { parts } of [first, second]) expect(parts[0].view.getFloat64(0, true)).toBe(1);
  const third = chunks.capture(0);
  third.release();
  expect(chunks.changeAt(0).bytes).toBe(changed);
});
