import { expect, it } from 'vitest';
import { proposeColumns } from './propose-columns.ts';

it('knows columns by their names, whatever their case and signs', () => {
  const header = ['SearchId', 'visitor', 'shown_at', 'salon', 'Pos', 'price', 'is_clicked'];
  const rows = [
    ['s1', 'u1', '2025-03-01 10:22:33', 'a', '1', '30.5', '0'],
    ['s1', 'u1', '2025-03-01 10:22:33', 'b', '2', '20.5', '1'],
    ['s2', 'u2', '2025-03-01 10:23:00', 'a', '1', '30.5', '0'],
  ];
  expect(proposeColumns(header, rows)).toEqual({
    list: 'SearchId',
    user: 'visitor',
    time: 'shown_at',
    item: 'salon',
    position: 'Pos',
    clicked: 'is_clicked',
  });
});

it('knows the time, the click and the item by their values where no name tells', () => {
  const rows = [
    ['s1', '1.5', '2025-03-01', 'sake', 'no'],
    ['s1', '1.5', '2025-03-01', 'tea', 'yes'],
  ];
  expect(proposeColumns(['query', 'weight', 'when', 'what', 'bought'], rows)).toEqual({
    list: 'query',
    time: 'when',
    item: 'what',
    clicked: 'bought',
  });
});

it('proposes nothing that the values speak against', () => {
  expect(proposeColumns(['list', 'time', 'position', 'clicked'], [['', 'soon', 'top', 'maybe']])).toEqual({});
});
