import type { SlateBatch } from '../columns/encoded-slates.ts';

/** What a batch holds of its slots: padded arrays, to be filled; a slot that is left alone is padding. */
export type SlotArrays = Pick<
  SlateBatch,
  'B' | 'K' | 'maskBK' | 'labelBK' | 'positionBK' | 'itemIndexBK' | 'slotDenseBKF'
>;

/** Legend: B batch, K slate, F features. */
export const createSlotArrays = ({ B, K, F }: { B: number; K: number; F: number }): SlotArrays => ({
  B,
  K,
  maskBK: new Float32Array(B * K),
  labelBK: new Float32Array(B * K),
  positionBK: new Int32Array(B * K),
  itemIndexBK: new Int32Array(B * K),
  slotDenseBKF: new Float32Array(B * K * F),
});
