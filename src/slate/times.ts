/** Which numbers are a moment: the same in logs and in code. */

/** The year 2200. Nobody shows lists so late, but microseconds and nanoseconds of any year since 1970 are later: all of them but those of its first weeks. */
export const END_OF_TIMES: number = Date.UTC(2200, 0, 1);

/** What is wrong with a `time` that code gives, and what to do where that is known; undefined for a moment: whole milliseconds from 1970 to the year 2200. */
export function timeFault(time: unknown): { readonly expected: string; readonly remedy?: string } | undefined {
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0)
    return { expected: '"time" in milliseconds since 1970, such as Date.now()' };
  if (time >= END_OF_TIMES)
    return { expected: '"time" in milliseconds since 1970, before the year 2200', remedy: unitOf(time) };
  if (!Number.isInteger(time))
    return { expected: '"time" in whole milliseconds since 1970', remedy: 'round it down: Math.floor(time)' };
  return undefined;
}

/** The unit in which a time would be one before the year 2200, and how to mend it. */
export function unitOf(time: number): string {
  if (time < 1e3 * END_OF_TIMES) return 'it looks like microseconds: divide by 1,000';
  if (time < 1e6 * END_OF_TIMES) return 'it looks like nanoseconds: divide by 1,000,000';
  return 'give milliseconds since 1970';
}
