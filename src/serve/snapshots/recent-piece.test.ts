import { expect, it } from 'vitest';
import { KEY_LENGTH, type RecentPiece, recentFrom, recentToBytes } from './recent-piece.ts';

it('gives back every key with its numbers, from bytes anywhere', () => {
  const piece: RecentPiece = {
    keys: Uint8Array.from({ length: 3 * KEY_LENGTH }, (_, at) => at),
    sequences: Float64Array.of(1, 2 ** 53 - 1, 7),
    arrivals: Float64Array.of(1_800_000_000_000, 0, 1.5),
  };
  const bytes = recentToBytes(piece);
  const shifted = Buffer.alloc(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(recentFrom(bytes)).toEqual(piece);
  expect(recentFrom(shifted.subarray(3))).toEqual(piece);
  const nothing = { keys: new Uint8Array(0), sequences: new Float64Array(0), arrivals: new Float64Array(0) };
  expect(recentFrom(recentToBytes(nothing))).toEqual(nothing);
});
