/** The plain tokens of a line of JSON, one after the other. What is not plain (a letter beyond ASCII, an escape) is not read: it is for `JSON.parse`. */
export interface Tokens {
  start(bytes: Buffer): void;
  /** Whether the line is at its end. */
  isEnd(): boolean;
  /** Takes a sign such as `{`, if it comes next. */
  sign(code: number): boolean;
  /** Takes a text: it is from `from` to before `to`. */
  text(): boolean;
  /** Takes a number: `value`. */
  number(): boolean;
  /** Takes null, true or false. */
  word(word: Uint8Array): boolean;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;
const DOT = 46;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Digits of which a number is exact, and powers of ten that are. */
const DIGITS = 15;
const POWERS = Array.from({ length: DIGITS + 1 }, (_, power) => 10 ** power);

export function createTokens(): Tokens {
  let line: Buffer = Buffer.alloc(0);
  let [at, from, to, value] = [0, 0, 0, 0];
  const skip = (): void => {
    while (line[at] === 32) at++;
  };
  return {
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    get value() {
      return value;
    },
    start(bytes) {
      line = bytes;
      at = 0;
    },
    isEnd() {
      skip();
      return at === line.length;
    },
    sign(code) {
      skip();
      if (line[at] !== code) return false;
      at++;
      return true;
    },
    text() {
      skip();
      if (line[at] !== QUOTE) return false;
      let end = at + 1;
      for (; line[end] !== QUOTE; end++)
        if (!(line[end] >= 32 && line[end] < 128) || line[end] === BACKSLASH) return false;
      [from, to, at] = [at + 1, end, end + 1];
      return true;
    },
    number,
    word(word) {
      skip();
      for (let n = 0; n < word.length; n++) if (line[at + n] !== word[n]) return false;
      at += word.length;
      return true;
    },
  };

  function number(): boolean {
    skip();
    const start = at;
    let end = line[at] === MINUS ? at + 1 : at;
    const first = end;
    let whole = 0;
    while (isDigit(line[end])) whole = 10 * whole + line[end++] - 48;
    // No number begins with a 0 that it does not need.
    if (end === first || (line[first] === 48 && end > first + 1)) return false;
    let digits = end - first;
    let behind = 0;
    if (line[end] === DOT) {
      const point = end++;
      while (isDigit(line[end])) whole = 10 * whole + line[end++] - 48;
      behind = end - point - 1;
      if (behind === 0) return false;
      digits += behind;
    }
    // An exponent, or more digits than a number has.
    if ((line[end] | 32) === 101 || digits > DIGITS) return false;
    value = behind === 0 ? whole : whole / POWERS[behind];
    if (first > start) value = -value;
    at = end;
    return true;
  }
}
