/**
 * Seeded, splittable random numbers. Every source of chance in Slatewise takes an `Rng` as an argument; nothing calls
 * `Math.random`. The generator is xoshiro128** (Blackman & Vigna 2018, "Scrambled linear pseudorandom number
 * generators"), seeded through SplitMix32 so that neighbouring seeds give unrelated streams.
 */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform integer in [0, 2^32). */
  nextUint32(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal deviate (Box-Muller, one value per call so that the stream's position is a simple count). */
  normal(): number;
  /** Fisher-Yates shuffle in place; returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(values: T): T;
  /** An independent child stream; the same label always gives the same child, and the parent does not move. */
  split(label: string | number): Rng;
  /** The four words of the state, to store in a checkpoint. */
  state(): RngState;
}

export type RngState = readonly [number, number, number, number];

export function createRng(seed: number | string): Rng {
  return rngFromState(seedState(typeof seed === 'number' ? `n${seed}` : `s${seed}`));
}

export function rngFromState(start: RngState): Rng {
  let [a, b, c, d] = start;

  function nextUint32(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return scrambled;
  }
  const next = (): number => nextUint32() / 4294967296;

  return {
    next,
    nextUint32,
    integer(bound) {
      if (!(bound >= 1 && bound <= 4294967296)) {
        throw new RangeError(`Rng.integer: bound must be between 1 and 2^32, got ${bound}`);
      }
      return Math.floor(next() * bound);
    },
    normal() {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return radius * Math.cos(2 * Math.PI * next());
    },
    shuffle(values) {
      for (let last = values.length - 1; last > 0; last--) {
        const pick = Math.floor(next() * (last + 1));
        const held = values[last];
        (values as { [index: number]: unknown })[last] = values[pick];
        (values as { [index: number]: unknown })[pick] = held;
      }
      return values;
    },
    split: (label) => rngFromState(seedState(`${a},${b},${c},${d}/${label}`)),
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

/** FNV-1a over the text, stretched to four words by SplitMix32; never all zero. */
function seedState(text: string): RngState {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  const word = (): number => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return [word(), word(), word(), word() | 1];
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
