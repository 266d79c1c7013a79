import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CLICKED, copyOfTastes, createTastes, RESIDUAL, tasteEntries, tasteStart, tastesOf } from './tastes.ts';

const LIMIT = 12;

/** The same with a map of rows. */
function slowly(added: readonly number[]): number[][] {
  const rows = new Map<number, number[]>();
  for (const [at, token] of added.entries()) {
    if (!rows.has(token) && rows.size === LIMIT) rows.delete([...rows.keys()][0]);
    const row = rows.get(token) ?? [token, 0, 0, 0, 0];
    row[1 + RESIDUAL] += at;
    row[1 + CLICKED] -= 0.1;
    rows.set(token, row);
  }
  return [...rows.values()];
}

it('hold the numbers of the latest tokens, through growth, eviction and storage', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 80 }), (added) => {
      let tastes = createTastes();
      for (const [at, token] of added.entries()) {
        if (at % 7 === 3) tastes = at % 2 === 0 ? copyOfTastes(tastes) : tastesOf(tasteEntries(tastes));
        const start = tasteStart(tastes, token, LIMIT);
        tastes.values[start + RESIDUAL] += at;
        tastes.values[start + CLICKED] -= 0.1;
      }
      expect(tasteEntries(tastes)).toEqual(slowly(added));
    }),
  );
});

it('are not changed by what happens to a copy', () => {
  const tastes = tastesOf([[3, 1, 2, 3, 4]]);
  const copy = copyOfTastes(tastes);
  copy.values[tasteStart(copy, 3, LIMIT)] = 9;
  tasteStart(copy, 4, LIMIT);
  expect(tasteEntries(tastes)).toEqual([[3, 1, 2, 3, 4]]);
});
