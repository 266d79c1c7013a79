import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowIndex } from './row-index.ts';

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ add: fc.integer({ min: -4, max: 4 }), times: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ remove: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ hide: fc.nat(200) }) },
);

it('finds the rows of a hash, oldest first, beyond 2^32 of them too', () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 2 ** 32 - 150, 2 ** 40), fc.array(step), (first, steps) => {
      const index = createRowIndex(first);
      let rows: { row: number; hash: number }[] = [];
      let end = first;
      for (const one of steps) {
        if ('add' in one)
          for (let n = 0; n <= one.times; n++) {
            // Hashes of one bucket, whatever the room.
            const hash = n % 3 === 0 ? one.add << 16 : one.add;
            index.add(end, hash);
            rows.push({ row: end++, hash });
          }
        else if ('remove' in one) {
          rows = rows.slice(one.remove);
          index.removeBefore(rows[0]?.row ?? end);
        } else {
          const hidden = rows[one.hide];
          if (hidden) {
            index.hide(hidden.row);
            hidden.hash = 0;
          }
        }
        for (let hash = -4; hash <= 4; hash++)
          for (const asked of [hash, hash << 16])
            if (asked !== 0)
              expect(index.of(asked)).toEqual(rows.filter((each) => each.hash === asked).map(({ row }) => row));
      }
    }),
    { numRuns: 100 },
  );
});
