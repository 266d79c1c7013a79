import { expect, it } from 'vitest';
import { exampleEncoders, exampleItems } from '../../../test/example-features.ts';
import { createCatalogue } from '../../memory/catalogue.ts';
import { createItemEncoder } from '../encoders/item-encoder.ts';
import { createItemRows } from './item-rows.ts';

function scene() {
  const encoder = createItemEncoder({ encoder: exampleEncoders.item, ids: undefined });
  const items = createCatalogue(encoder.describe);
  for (const [id, fields] of Object.entries(exampleItems)) items.update(id, fields);
  const current = (id: string) => {
    const version = items.versionOf(items.meet(id));
    if (!version) throw new Error('expected a version of an item that was met');
    return version;
  };
  return { items, current, rows: createItemRows(encoder.vocabularySizes.length) };
}

it('makes a row at first use only, and a new one for new metadata', () => {
  const { items, current, rows } = scene();
  expect(rows.finish().count).toBe(0);
  const before = rows.rowOf(current('a'));
  expect(rows.rowOf(current('a'))).toBe(before);
  const { dense } = current('a');
  items.update('a', { price: 4 });
  const after = rows.rowOf(current('a'));
  expect([before, after, rows.finish().count]).toEqual([0, 1, 2]);
  expect(current('a').dense).toEqual([4, dense[1], dense[2]]);
  const { itemR, denseRF } = rows.finish();
  expect([...itemR]).toEqual([0, 0]);
  expect([...denseRF]).toEqual([...dense, ...current('a').dense].map(Math.fround));
});

it('holds the bags of its rows, an unknown value as 0 and an absent one as nothing', () => {
  const { current, rows } = scene();
  const [d, e, c] = ['d', 'e', 'c'].map((id) => rows.rowOf(current(id)));
  const [kind, taste] = rows.finish().bags;
  const bag = ({ offsets, ids }: typeof kind, row: number): number[] => [
    ...ids.subarray(offsets[row], offsets[row + 1]),
  ];
  expect([d, e, c].map((row) => bag(kind, row))).toEqual([[0], [], [2]]);
  expect([d, e, c].map((row) => bag(taste, row))).toEqual([[], [], [2, 3]]);
});

it('hands out rows that do not change when more are added', () => {
  const { items, current, rows } = scene();
  rows.rowOf(current('a'));
  const early = rows.finish();
  const copy = structuredClone(early);
  for (let version = 0; version < 2000; version++) {
    items.update('a', { price: version / 1000 });
    rows.rowOf(current('a'));
  }
  expect(early).toEqual(copy);
  expect(rows.finish().denseRF[3 * 1000]).toBe(Math.fround(0.999));
});
