import { RejectedEvent, show } from './rejected-event.ts';

const YEAR_2001 = 978_307_200_000;

/** Whether a time is in seconds, of the years 2001 to 2100: read as milliseconds it is of January or February 1970. */
export const looksLikeSeconds = (time: number): boolean => time >= 1e9 && time < 4.2e9;

/** Throws `RejectedEvent` for a time in seconds, unless the latest event is of before 2001 too, as it is in made-up logs. */
export function refuseSeconds(time: number, clock: number): void {
  if (clock < YEAR_2001 || !looksLikeSeconds(time)) return;
  throw new RejectedEvent(
    'bad-timestamp',
    `expected a time in milliseconds since 1970, found ${show(time)}, which looks like seconds; multiply it by 1,000`,
  );
}
