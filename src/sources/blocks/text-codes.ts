/** Codes of texts that are told by four words each (`TextCells`): a text itself is asked for only when it is met the first time. */
export interface TextCodes {
  /** The code of the text in a row; `meet` gives it where the text is new. */
  codeOf(words: Int32Array, row: number, meet: (row: number) => number): number;
}

const FIRST_SIZE = 1 << 12;

/** `most`: texts that are remembered; once there are more, all are forgotten. */
export function createTextCodes(most: number = Number.POSITIVE_INFINITY): TextCodes {
  let size = FIRST_SIZE;
  let keys = new Int32Array(4 * size);
  let codes = new Int32Array(size).fill(-1);
  let count = 0;
  return {
    codeOf(words, row, meet) {
      const at = 4 * row;
      const slot = slotOf(words[at], words[at + 1], words[at + 2], words[at + 3]);
      if (codes[slot] >= 0) return codes[slot];
      const code = meet(row);
      if (count >= most) forget();
      else if (2 * count >= size) grow();
      put(words, at, code);
      return code;
    },
  };

  /** Where a text is, or would be. */
  function slotOf(a: number, b: number, c: number, d: number): number {
    let hash = Math.imul(a, 0x27d4eb2f) ^ Math.imul(b, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0xc2b2ae35);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    while (
      codes[slot] >= 0 &&
      (keys[4 * slot] !== a || keys[4 * slot + 1] !== b || keys[4 * slot + 2] !== c || keys[4 * slot + 3] !== d)
    )
      slot = (slot + 1) & (size - 1);
    return slot;
  }

  function put(words: Int32Array, at: number, code: number): void {
    const slot = slotOf(words[at], words[at + 1], words[at + 2], words[at + 3]);
    for (let word = 0; word < 4; word++) keys[4 * slot + word] = words[at + word];
    codes[slot] = code;
    count++;
  }

  function forget(): void {
    codes.fill(-1);
    count = 0;
  }

  function grow(): void {
    const [oldKeys, oldCodes] = [keys, codes];
    size *= 2;
    keys = new Int32Array(4 * size);
    codes = new Int32Array(size).fill(-1);
    count = 0;
    for (let slot = 0; slot < oldCodes.length; slot++) if (oldCodes[slot] >= 0) put(oldKeys, 4 * slot, oldCodes[slot]);
  }
}
