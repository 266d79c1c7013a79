/** Legend: K items, D distinct tokens among them, E entries: the tokens of all items, end to end. */

/** Values of one item as a unit vector: each token once. */
export interface TokenVector {
  readonly tokens: readonly number[];
  readonly tokenWeights: readonly number[];
}

/** The tokens of a list's items, and for each token who carries it: a vector meets all items of the list in one walk over its own tokens. */
export interface ListTokens {
  /** Makes these the items of the list. */
  load(items: readonly TokenVector[]): void;
  /** D. */
  readonly distinct: number;
  /** [D], in the order of first sight; longer than that. */
  readonly tokenD: Int32Array;
  /** [E]: which distinct token an entry is; longer than that. */
  readonly distinctE: Int32Array;
  /** [K]: where the entries of an item begin. */
  readonly startK: readonly number[];
  /** Writes the dot products of a vector with the first `count` items. Sums go over the vector's own tokens, in their order. */
  cosines(targetK: Float64Array, vector: TokenVector, count: number): void;
  /** Raises each item's value to the dot product of a vector with it, where that is larger; but for the items that are the vector itself. Sums as in `cosines`. */
  raise(bestK: Float64Array, vector: TokenVector): void;
}

/** The dot product of two vectors, to the bit what `cosines` gives of the first with a list that holds the other. */
export function cosine({ tokens, tokenWeights }: TokenVector, other: TokenVector): number {
  let sum = 0;
  for (let index = 0; index < tokens.length; index++) {
    const at = other.tokens.indexOf(tokens[index]);
    if (at >= 0) sum += tokenWeights[index] * other.tokenWeights[at];
  }
  return sum;
}

/** All tokens are below `tokenCount`. */
export function createListTokens(tokenCount: number): ListTokens {
  const distinctOf = new Int32Array(tokenCount).fill(-1);
  let distinct = 0;
  let tokenD = new Int32Array(64);
  // The entries of one token are a chain, first item first.
  let firstD = new Int32Array(64);
  let lastD = new Int32Array(64);
  let distinctE = new Int32Array(64);
  let itemE = new Int32Array(64);
  let weightE = new Float64Array(64);
  let nextE = new Int32Array(64);
  let startK: number[] = [];
  let loaded: readonly TokenVector[] = [];
  // Sums of one vector, 0 between two calls, and the items that have one: weights are positive.
  let sumK = new Float64Array(64);
  let metE = new Int32Array(64);

  return {
    get distinct() {
      return distinct;
    },
    get tokenD() {
      return tokenD;
    },
    get distinctE() {
      return distinctE;
    },
    get startK() {
      return startK;
    },
    load(items) {
      for (let d = 0; d < distinct; d++) distinctOf[tokenD[d]] = -1;
      distinct = 0;
      startK = [];
      let entries = 0;
      for (const { tokens } of items) {
        startK.push(entries);
        entries += tokens.length;
      }
      if (entries > itemE.length) reserve(2 * entries);
      if (items.length > sumK.length) sumK = new Float64Array(2 * items.length);
      loaded = items;
      for (let k = 0; k < items.length; k++) enter(k, items[k]);
    },
    cosines(targetK, { tokens, tokenWeights }, count) {
      targetK.fill(0, 0, count);
      for (let index = 0; index < tokens.length; index++) {
        const d = distinctOf[tokens[index]];
        if (d < 0) continue;
        const weight = tokenWeights[index];
        for (let e = firstD[d]; e >= 0 && itemE[e] < count; e = nextE[e]) targetK[itemE[e]] += weight * weightE[e];
      }
    },
    raise(bestK, vector) {
      const { tokens, tokenWeights } = vector;
      let met = 0;
      for (let index = 0; index < tokens.length; index++) {
        const d = distinctOf[tokens[index]];
        if (d < 0) continue;
        const weight = tokenWeights[index];
        for (let e = firstD[d]; e >= 0; e = nextE[e]) {
          const k = itemE[e];
          if (sumK[k] === 0) metE[met++] = k;
          sumK[k] += weight * weightE[e];
        }
      }
      for (let at = 0; at < met; at++) {
        const k = metE[at];
        if (sumK[k] > bestK[k] && loaded[k] !== vector) bestK[k] = sumK[k];
        sumK[k] = 0;
      }
    },
  };

  function enter(k: number, { tokens, tokenWeights }: TokenVector): void {
    const start = startK[k];
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      const e = start + index;
      let d = distinctOf[token];
      if (d < 0) {
        d = distinct++;
        distinctOf[token] = d;
        tokenD[d] = token;
        firstD[d] = e;
      } else nextE[lastD[d]] = e;
      lastD[d] = e;
      nextE[e] = -1;
      distinctE[e] = d;
      itemE[e] = k;
      weightE[e] = tokenWeights[index];
    }
  }

  function reserve(entries: number): void {
    tokenD = new Int32Array(entries);
    firstD = new Int32Array(entries);
    lastD = new Int32Array(entries);
    distinctE = new Int32Array(entries);
    itemE = new Int32Array(entries);
    weightE = new Float64Array(entries);
    nextE = new Int32Array(entries);
    metE = new Int32Array(entries);
  }
}
