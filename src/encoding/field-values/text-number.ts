const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** 25,50; but not 1,234, which may be a thousand. */
const DECIMAL_COMMA = /^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+)$/;
/** 1,234.50 and 1,234,567; 1.234,50 and 1.234.567. */
const COMMA_GROUPS = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;
const POINT_GROUPS = /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;

/** What exporters write for a missing value: nothing, NaN, NULL, N/A, -, and so on. */
const BLANK = /^\s*(?:nan|null|none|nil|n\/?a|undefined|-+|\\n|\?)?\s*$/i;

export const standsForNone = (text: string): boolean => BLANK.test(text);

/** The number that a text writes, with a decimal point or comma; undefined where it writes none, or one that can be read in two ways (1,234). */
export function numberOfText(text: string): number | undefined {
  const trimmed = text.trim();
  const value = PLAIN.test(trimmed)
    ? Number(trimmed)
    : DECIMAL_COMMA.test(trimmed)
      ? Number(trimmed.replace(',', '.'))
      : COMMA_GROUPS.test(trimmed)
        ? Number(trimmed.replaceAll(',', ''))
        : POINT_GROUPS.test(trimmed)
          ? Number(trimmed.replaceAll('.', '').replace(',', '.'))
          : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
