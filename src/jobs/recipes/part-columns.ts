import type { EncodedSlates } from '../../encoding/columns/encoded-slates.ts';
import type { ShownLists } from '../../measure/predictions.ts';

/** What references and metrics read of a part. */
export type PartColumns = ShownLists & { readonly positionS: Int32Array; readonly itemRateS: Float32Array };

/** The columns of some impressions, end to end. */
export function partOf(slates: EncodedSlates, indices: Int32Array): PartColumns {
  const offsets = new Int32Array(indices.length + 1);
  for (let n = 0; n < indices.length; n++)
    offsets[n + 1] = offsets[n] + slates.offsets[indices[n] + 1] - slates.offsets[indices[n]];
  const slots = offsets[indices.length];
  const part = { labelS: new Uint8Array(slots), positionS: new Int32Array(slots), itemRateS: new Float32Array(slots) };
  for (let n = 0; n < indices.length; n++) {
    const [start, end] = [slates.offsets[indices[n]], slates.offsets[indices[n] + 1]];
    part.labelS.set(slates.labelS.subarray(start, end), offsets[n]);
    part.positionS.set(slates.positionS.subarray(start, end), offsets[n]);
    part.itemRateS.set(slates.itemRateS.subarray(start, end), offsets[n]);
  }
  return { offsets, userB: indices.map((index) => slates.userB[index]), ...part };
}
