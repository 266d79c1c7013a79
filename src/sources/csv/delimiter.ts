const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What separates the columns of a table, told by its first line; undefined where nothing does. */
export function delimiterOf(header: string): string | undefined {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((each) => ({ each, count: unquoted.split(each).length - 1 }));
  const most = counted.reduce((best, one) => (one.count > best.count ? one : best));
  return most.count > 0 ? most.each : undefined;
}
