/** Legend: S slots. */

/**
 * The indexes of `scoreS` from the highest score to the lowest; equal scores keep their input order (0 and -0 are equal).
 *
 * A least-significant-digit radix sort on the bits of the doubles, 16 bits a pass: linear time, and two of the four
 * passes find nothing to do on scores that were 32-bit floats.
 *
 * Throws a RangeError on NaN: it has no place in an order.
 */
export function orderByScore(scoreS: ArrayLike<number>): Uint32Array {
  const S = scoreS.length;
  if (S < 256) return orderFew(scoreS);
  const digits = descendingDigits(scoreS);
  let order: Uint32Array = new Uint32Array(S);
  for (let i = 0; i < S; i++) order[i] = i;
  let spare: Uint32Array = new Uint32Array(S);
  const starts = new Uint32Array(65_536);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let i = 0; i < S; i++) starts[digits[4 * i + digit]]++;
    if (starts[digits[digit]] === S) continue;
    let start = 0;
    for (let value = 0; value < 65_536; value++) {
      const count = starts[value];
      starts[value] = start;
      start += count;
    }
    for (let place = 0; place < S; place++) {
      const slot = order[place];
      spare[starts[digits[4 * slot + digit]]++] = slot;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Four 16-bit digits a score, least significant first, such that a greater score has the smaller number. */
function descendingDigits(scoreS: ArrayLike<number>): Uint16Array {
  const keys = new Float64Array(scoreS.length);
  for (let i = 0; i < keys.length; i++) keys[i] = scoreS[i] + 0;
  const words = new Uint32Array(keys.buffer);
  const lowWord = isLittleEndian ? 0 : 1;
  const digits = new Uint16Array(4 * keys.length);
  for (let i = 0; i < keys.length; i++) {
    if (Number.isNaN(keys[i])) throw nanError(i);
    const low = words[2 * i + lowWord];
    const high = words[2 * i + 1 - lowWord];
    // Bits of a positive double grow with it, of a negative one fall: invert the former, keep the latter but its sign.
    const flip = high >>> 31 === 1 ? 0 : 0xffff;
    digits[4 * i] = (low & 0xffff) ^ flip;
    digits[4 * i + 1] = (low >>> 16) ^ flip;
    digits[4 * i + 2] = (high & 0xffff) ^ flip;
    digits[4 * i + 3] = flip === 0 ? high >>> 16 : 0x7fff ^ (high >>> 16);
  }
  return digits;
}

function orderFew(scoreS: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(scoreS.length);
  for (let i = 0; i < order.length; i++) {
    if (Number.isNaN(scoreS[i])) throw nanError(i);
    order[i] = i;
  }
  // Not the difference: infinity minus infinity is NaN.
  return order.sort((a, b) => (scoreS[a] > scoreS[b] ? -1 : scoreS[a] < scoreS[b] ? 1 : a - b));
}

const nanError = (index: number): RangeError =>
  new RangeError(`orderByScore: every score must be a number, got NaN at index ${index}`);

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
