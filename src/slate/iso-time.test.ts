import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTime } from './iso-time.ts';

const day = Date.UTC(2023, 10, 14);
const evening = Date.UTC(2023, 10, 14, 22, 13, 20);

it.each([
  ['2023-11-14', day],
  ['2023-11-14T22:13:20Z', evening],
  ['2023-11-14 22:13:20', evening],
  ['2023-11-14T22:13:20', evening],
  ['2023-11-14 22:13', evening - 20_000],
  ['2023-11-14 22:13:20.25', evening + 250],
  ['2023-11-14 22:13:20,250999 UTC', evening + 250],
  ['2023-11-14T22:13:20+01:00', evening - 3_600_000],
  ['2023-11-14 22:13:20-0330', evening + 12_600_000],
  ['2023-11-14 22:13:20+00', evening],
  ['2023-11-14t24:00:00z', day + 86_400_000],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
])('%s', (text, time) => {
  expect(isoTime(text)).toBe(time);
});

it.each([
  '2023-02-29',
  '2023-13-01',
  '2023-11-14T25:00',
  '2023-11-14T24:01',
  '2023-11-14T22:60',
  '2023-11-14T22',
  '14.11.2023',
  'Tue Nov 14 2023',
  '2023-11-14T22:13:20 Europe/Berlin',
  '2023-11-14T22:13:20+24:00',
  '',
])('%j is no time', (text) => {
  expect(isoTime(text)).toBe(undefined);
});

it('agrees with the standard text of any moment, with or without its zone', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
      const text = date.toISOString();
      expect(isoTime(text)).toBe(date.getTime());
      expect(isoTime(text.replace('Z', ''))).toBe(date.getTime());
      expect(isoTime(text.replace('T', ' ').replace('Z', '+00'))).toBe(date.getTime());
    }),
  );
});
