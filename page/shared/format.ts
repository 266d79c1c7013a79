/** Numbers and names as people read them. */

const MINUS = '−';

/** 0.3417 is 34.2 %; a number that nobody knows is a dash. */
export const percent = (share: number | null | undefined, digits = 1): string =>
  share === null || share === undefined || !Number.isFinite(share) ? '–' : `${(100 * share).toFixed(digits)}\u00a0%`;

/** A difference of probabilities in points, signed; what rounds to nothing is a plain zero. */
export function points(difference: number | null | undefined, digits = 1): string {
  if (difference === null || difference === undefined || !Number.isFinite(difference)) return '–';
  return signed(100 * difference, digits);
}

/** Signed, with a real minus. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return '0';
  return `${value > 0 ? '+' : MINUS}${text}`;
}

/** A plain number with so many digits behind the point. */
export const plain = (value: number | null | undefined, digits = 3): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits).replace('-', MINUS);

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 12,300. */
export const count = (value: number): string => COUNT.format(value);

/** 1 list, 2 lists. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** A name cut to what there is room for: it may have thousands of letters. Cut between letters, not within one. */
export function shortened(name: string, longest = 60): string {
  if (name.length <= longest) return name;
  const letters = Array.from(name.slice(0, 2 * longest + 2));
  return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest - 1).join('')}…`;
}

/** A field's value as it is shown and typed: a list with commas between. */
export const valueText = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(', ') : String(value);
