import { expect, it } from 'vitest';
import { readColumnMap, writeColumnMap } from './column-map.ts';

it('reads back what it writes', () => {
  const map = { list: 'search id', time: 'shown', item: 'salon', clicked: 'c' };
  expect(readColumnMap(writeColumnMap(map))).toEqual(map);
});

it.each([
  ['list=a,time=b', 'expected a column for list, time, item, found none for item; name it'],
  ['lst=a,time=b,item=c', 'found "lst"; did you mean "list"?'],
  ['list=a,list=b,time=b,item=c', 'expected list once, found it twice'],
  ['list,time=b,item=c', 'expected role=column, such as item=product_id, found "list"'],
])('%s is refused', (text, sentence) => {
  expect(() => readColumnMap(text)).toThrow(sentence);
});
