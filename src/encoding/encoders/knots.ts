/** Where the curves of numeric columns may bend. */
export type Knots = readonly (readonly number[])[];

/**
 * Ends of the pieces of each column, ascending: its smallest value, its quantiles and its largest (Gorishniy, Rubachev & Babenko 2022, section 3.2). Every column has `pieces` + 1
 * of them; where values repeat, further ones are as large as the last, so that their pieces are empty. `rows` names the rows to fit on, in any order.
 */
export function fitKnots(
  values: Float32Array,
  { columns, rows, pieces }: { readonly columns: number; readonly rows: Iterable<number>; readonly pieces: number },
): Knots {
  const kept = Int32Array.from(rows);
  const column = new Float32Array(kept.length);
  return Array.from({ length: columns }, (_, at) => {
    for (let n = 0; n < kept.length; n++) column[n] = values[kept[n] * columns + at];
    return ends(column.sort(), pieces);
  });
}

/** A smallest value that fills a whole piece, such as the zero of what never happened, is one end; the others are of the rest. */
function ends(sorted: Float32Array, pieces: number): readonly number[] {
  const [least] = sorted;
  const filled = sorted.length > 0 && sorted[quantile(1 / pieces, sorted)] === least;
  const rest = filled ? sorted.subarray(sorted.lastIndexOf(least) + 1) : sorted;
  const shares = filled ? pieces - 1 : pieces;
  const found = [
    ...(filled ? [least] : []),
    ...Array.from({ length: shares + 1 }, (_, at) => rest[quantile(at / shares, rest)]),
  ];
  const distinct = found.filter((value, at) => value !== undefined && (at === 0 || value > found[at - 1]));
  const largest = distinct[distinct.length - 1] ?? 0;
  return Array.from({ length: pieces + 1 }, (_, at) => distinct[at] ?? largest);
}

/** Where the quantile stands among sorted values. */
const quantile = (share: number, { length }: Float32Array): number => Math.round(share * Math.max(0, length - 1));
