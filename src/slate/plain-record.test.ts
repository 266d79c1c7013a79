import { expect, it } from 'vitest';
import { isRow } from './plain-record.ts';

class Row {
  readonly item = 'i1';
}
class Sum extends Row {
  get price(): number {
    return 5;
  }
}
const hiding = (): Row => Object.defineProperty(new Row(), 'time', { value: 1, enumerable: false });

it.each<[string, unknown, boolean]>([
  ['a plain object', { item: 'i1' }, true],
  ['a row of a class', new Row(), true],
  ['a row with a value named then', Object.assign(new Row(), Object.fromEntries([['then', 5]])), true],
  ['a promise', Promise.resolve({}), false],
  ['a row whose class computes a value', new Sum(), false],
  ['a row of a class below it', new (class extends Sum {})(), false],
  ['a row that hides a value', hiding(), false],
  ['a map', new Map([['item', 'i1']]), false],
])('of %s, whether it is a row: %#', (_, value, is) => {
  expect(isRow(value)).toBe(is);
});
