import type { ItemVersion } from '../../memory/item-version.ts';

/** Cosines of one item's values with those of others, through a dense row of all tokens: linear in the tokens, not in their product. */
export interface TokenDot {
  /** The item that `cosine` compares with. */
  load(item: ItemVersion): void;
  /** Dot product of the unit token vectors, 0 where an item has none. */
  cosine(other: ItemVersion): number;
}

export function createTokenDot(tokenCount: number): TokenDot {
  const weights = new Float64Array(tokenCount);
  let loaded: readonly number[] = [];
  return {
    load({ tokens, tokenWeights }) {
      for (let index = 0; index < loaded.length; index++) weights[loaded[index]] = 0;
      for (let index = 0; index < tokens.length; index++) weights[tokens[index]] = tokenWeights[index];
      loaded = tokens;
    },
    cosine({ tokens, tokenWeights }) {
      let dot = 0;
      for (let index = 0; index < tokens.length; index++) dot += tokenWeights[index] * weights[tokens[index]];
      return dot;
    },
  };
}
