const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i;

/**
 * Epoch milliseconds of a date, or of a date with a time of day, as ISO 8601 and databases write them: `2023-11-14`, `2023-11-14T22:13:20.5Z`, `2023-11-14 22:13:20+01`.
 * Without a zone it is UTC, whatever the machine's zone. Undefined for any other text, and for days and hours that there are not.
 */
export function isoTime(text: string): number | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  // A day that its month does not have would be one of the next month. Years below 100 would be of this century.
  if (new Date(midnight).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  // Midnight may be written as the end of a day, and a leap second as the 60th.
  if (hour > 24 || (hour === 24 && minute + second > 0) || minute > 59 || second > 60) return undefined;
  const offset = minutesOf(parts[8]);
  if (offset === undefined) return undefined;
  const milliseconds = Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000);
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds;
}

/** Minutes that a zone is before UTC: +01:30 is 90. */
function minutesOf(zone = 'Z'): number | undefined {
  if (!/^[+-]/.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
