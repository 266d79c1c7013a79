import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyOfRing, createKeyRing, eachPlace, keyPlace, newKeyPlace } from './key-ring.ts';

const oldestFirst = (ring: ReturnType<typeof createKeyRing>): readonly number[] => {
  const keys: number[] = [];
  eachPlace(ring, (place) => keys.push(ring.keys[place]));
  return keys;
};

it.each([3, 20, 300])('holds the latest %i keys, each in the place that it was given, as a map does', (limit) => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 * limit }), { maxLength: 6 * limit }), (keys) => {
      let ring = createKeyRing();
      const places = new Map<number, number>();
      for (const [at, key] of keys.entries()) {
        if (at % 50 === 49) ring = copyOfRing(ring);
        expect(keyPlace(ring, key)).toBe(places.get(key) ?? -1);
        if (places.has(key)) continue;
        const place = newKeyPlace(ring, key, limit);
        const [oldest] = places;
        if (places.size === limit) {
          expect(place).toBe(oldest[1]);
          places.delete(oldest[0]);
        }
        places.set(key, place);
      }
      expect(oldestFirst(ring)).toEqual([...places.keys()]);
      for (const [key, place] of places) expect(keyPlace(ring, key)).toBe(place);
    }),
    { numRuns: 30 },
  );
});

it('is not changed by what happens to a copy', () => {
  const ring = createKeyRing();
  for (let key = 0; key < 40; key++) newKeyPlace(ring, key, 40);
  expect(keyPlace(ring, 39)).toBe(39);
  newKeyPlace(copyOfRing(ring), 99, 40);
  expect([keyPlace(ring, 0), keyPlace(ring, 99)]).toEqual([0, -1]);
});
