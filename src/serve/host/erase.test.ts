import { expect, it } from 'vitest';
import type { RankingEvent } from '../../slate/events.ts';
import { withoutPerson } from './erase.ts';

const entry = { kind: 'event', sequence: 1, arrivedAt: 1 } as const;
const list: RankingEvent = {
  ...{ event: 'ranking', id: 'page', time: 1, user: 'anna', fields: {} },
  items: [{ id: 'x', position: 0, fields: {} }],
};

it('keeps of a list nothing that was made of its user: not by what it is known again either', () => {
  const left = withoutPerson({ ...entry, id: 'list made of anna', event: list }, 'anna');
  expect(left).toEqual({ kind: 'event', event: { ...list, user: '' } });
  expect(JSON.stringify(left)).not.toContain('anna');
});

it('keeps the id by which a sender knows a click, and the lists of others as they are', () => {
  const click = { event: 'interaction', ranking: 'page', time: 2, user: 'anna', item: 'x', type: 'click' } as const;
  expect(withoutPerson({ ...entry, id: 'c1', event: click }, 'anna')).toMatchObject({ id: 'c1', event: { user: '' } });
  const other = { ...entry, id: 'l', event: { ...list, user: 'ben' } };
  expect(withoutPerson(other, 'anna')).toBe(other);
});
