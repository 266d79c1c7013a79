import { cutBatches } from '../encoding/batches/cut-batches.ts';

/** Slates per run of the graph: enough to fill the matrix products, few enough to stay in the cache. */
const LARGEST = 256;
/** Below this a run costs more than another thread saves. */
const SMALLEST = 24;

/**
 * Cuts slates into batches for the threads of a pool: indices into `lengths`, slates of like length together, so that little is padded; batches of like size, so that
 * no thread waits long. Long slates are cut further, by what they cost. Throws `InputError` for one longer than any list may be.
 */
export function batchesByLength(lengths: Int32Array, { workers }: { readonly workers: number }): readonly Int32Array[] {
  const B = lengths.length;
  const order = new Int32Array(B);
  for (let b = 0; b < B; b++) order[b] = b;
  // Most calls are about slates of one length.
  if (lengths.some((length) => length !== lengths[0]))
    order.sort((one, other) => lengths[one] - lengths[other] || one - other);
  const shares = Math.min(workers, Math.floor(B / SMALLEST));
  const count = Math.max(Math.ceil(B / LARGEST), shares, 1);
  return Array.from({ length: count }, (_, at) =>
    order.subarray(Math.floor((at * B) / count), Math.floor(((at + 1) * B) / count)),
  )
    .filter((batch) => batch.length > 0)
    .flatMap((batch) => byCost(batch, lengths));
}

function byCost(batch: Int32Array, lengths: Int32Array): readonly Int32Array[] {
  const ends = cutBatches(
    batch.map((b) => lengths[b]),
    LARGEST,
  );
  return ends.map((end, at) => batch.subarray(ends[at - 1] ?? 0, end));
}
