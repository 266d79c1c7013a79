import { expect, it } from 'vitest';
import { type RecentPiece, recentFrom, recentToBytes } from './recent-piece.ts';

it('gives back every key with its numbers, from bytes anywhere', () => {
  const piece: RecentPiece = {
    keys: ['a', 'ü "\n', ''],
    sequences: [1, 2 ** 53 - 1, 7],
    arrivals: [1_800_000_000_000, 0, 1.5],
  };
  const bytes = recentToBytes(piece);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(recentFrom(bytes)).toEqual(piece);
  expect(recentFrom(shifted.subarray(3))).toEqual(piece);
  const nothing = { keys: [], sequences: [], arrivals: [] };
  expect(recentFrom(recentToBytes(nothing))).toEqual(nothing);
});
