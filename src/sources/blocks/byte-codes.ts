/** Codes of ids that are met as bytes: the text of one is made once. */
export interface ByteCodes {
  /** The code of the letters from one place to before another, each of which is one byte of ASCII. */
  codeOf(bytes: Buffer, from: number, to: number): number;
}

const FIRST_SIZE = 1 << 12;

/** `meet` gives a text its code. */
export function createByteCodes(meet: (text: string) => number): ByteCodes {
  let slots = new Int32Array(FIRST_SIZE).fill(-1);
  /** Of each text: its hash, its code, and where its letters begin; they end where the next begin. */
  let hashes = new Int32Array(FIRST_SIZE);
  let codes = new Int32Array(FIRST_SIZE);
  let starts = new Int32Array(FIRST_SIZE + 1);
  let letters: Buffer = Buffer.alloc(8 * FIRST_SIZE);
  let count = 0;
  return {
    codeOf(bytes, from, to) {
      let hash = 0x811c9dc5;
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
      hash ^= hash >>> 15;
      let slot = hash & (slots.length - 1);
      for (; slots[slot] >= 0; slot = (slot + 1) & (slots.length - 1)) {
        const known = slots[slot];
        if (hashes[known] === hash && isSame(known, bytes, from, to)) return codes[known];
      }
      return add(bytes.toString('latin1', from, to), hash);
    },
  };

  function isSame(known: number, bytes: Buffer, from: number, to: number): boolean {
    const start = starts[known];
    if (starts[known + 1] - start !== to - from) return false;
    for (let at = from; at < to; at++) if (bytes[at] !== letters[start + at - from]) return false;
    return true;
  }

  function add(text: string, hash: number): number {
    if (2 * count >= slots.length) grow();
    const start = starts[count];
    if (start + text.length > letters.length)
      letters = Buffer.concat([letters, Buffer.alloc(letters.length + text.length)]);
    letters.write(text, start, 'latin1');
    starts[count + 1] = start + text.length;
    hashes[count] = hash;
    codes[count] = meet(text);
    putSlot(count);
    return codes[count++];
  }

  function putSlot(index: number): void {
    let slot = hashes[index] & (slots.length - 1);
    while (slots[slot] >= 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = index;
  }

  function grow(): void {
    const size = 2 * slots.length;
    const larger = (before: Int32Array, length: number): Int32Array<ArrayBuffer> => {
      const room = new Int32Array(length);
      room.set(before);
      return room;
    };
    [hashes, codes, starts] = [larger(hashes, size), larger(codes, size), larger(starts, size + 1)];
    slots = new Int32Array(size).fill(-1);
    for (let index = 0; index < count; index++) putSlot(index);
  }
}
