import { expect, it } from 'vitest';
import type { RankingEvent } from '../../slate/events.ts';
import { untimedListId } from '../untimed-list.ts';
import { withoutPerson } from './erase.ts';

const entry = { kind: 'event', sequence: 1, arrivedAt: 1 } as const;
const list: RankingEvent = {
  ...{ event: 'ranking', id: 'page', time: 1, user: 'anna', fields: {} },
  items: [{ id: 'x', position: 0, fields: {} }],
};

it('keeps of a list nothing that was made of its user: no id that was made of a list without a time', () => {
  const id = untimedListId({ ...list, time: undefined });
  expect(id).toBeDefined();
  const left = withoutPerson({ ...entry, id, event: list }, 'anna');
  expect(left).toEqual({ kind: 'event', event: { ...list, user: '' } });
});

it('keeps the ids by which a sender knows a list and a click, and the lists of others as they are', () => {
  expect(withoutPerson({ ...entry, id: 'l1', event: list }, 'anna')).toMatchObject({ id: 'l1', event: { user: '' } });
  const click = { event: 'interaction', ranking: 'page', time: 2, user: 'anna', item: 'x', type: 'click' } as const;
  expect(withoutPerson({ ...entry, id: 'c1', event: click }, 'anna')).toMatchObject({ id: 'c1', event: { user: '' } });
  const other = { ...entry, id: 'l', event: { ...list, user: 'ben' } };
  expect(withoutPerson(other, 'anna')).toBe(other);
});
