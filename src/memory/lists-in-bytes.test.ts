/** Lists as they lie in bytes, against plain objects. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText, drawnList } from '../../test/drawn-lists.ts';
import { plainLists } from '../../test/plain-lists.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { createByteReader } from './bytes.ts';
import type { ClosedList, OpenList } from './open-list.ts';
import { createOpenLists, type ListClick, type OpenLists } from './open-lists.ts';
import type { CapturedLists } from './open-rows.ts';
import { readList } from './packed-list.ts';

const RULES = { joinWindow: 60_000, labelTypes: ['click'] };
const DAY = 86_400_000;
const IDS = ['a', 'b', 'long'.repeat(200), 'ä', '日本', '\ud800', ''];
const USERS = ['', 'u', 'v', 'ü', '人'];

/** Some ids and users come again and again, items are few, moments near each other. */
const list = fc
  .record({
    drawn: drawnList,
    id: fc.oneof(fc.constantFrom(...IDS), anyText),
    user: fc.constantFrom(...USERS),
    later: fc.oneof(fc.constant(0), fc.nat(20_000)),
    early: fc.oneof(fc.constant(0), fc.nat(3000)),
  })
  .map(({ drawn, ...told }) => ({
    ...told,
    kind: 'list' as const,
    drawn: { ...drawn, items: drawn.items.map((item) => item % 6), print: drawn.print % 3 },
  }));
const click = fc.record({
  kind: fc.constant('click' as const),
  ranking: fc.oneof(fc.constantFrom(...IDS), fc.constant('')),
  user: fc.constantFrom(...USERS),
  item: fc.integer({ min: -1, max: 5 }),
  ago: fc.nat(70_000),
  type: fc.constantFrom('click', 'click', 'view'),
  isTold: fc.boolean(),
  cameInTime: fc.boolean(),
  isAtOnce: fc.boolean(),
});
const step = fc.oneof(
  { weight: 60, arbitrary: list },
  { weight: 60, arbitrary: click },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('forget' as const), user: fc.constantFrom(...USERS) }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), span: fc.constantFrom(1000, 400_000, DAY / 2) }),
  },
  { weight: 6, arbitrary: fc.constantFrom({ kind: 'capture' as const }, { kind: 'restore' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
);

const listsOf = (captured: CapturedLists): readonly OpenList[] =>
  Array.from(captured.entries(), ({ id, user, numbers }) => readList(createByteReader(numbers), id, user));

function restored(from: OpenLists): OpenLists {
  const again = createOpenLists(RULES);
  for (const one of from.capture().entries()) again.restoreOpen(one);
  for (const one of from.closed()) again.restoreClosed(one);
  return again;
}

const outcomeOf = <T>(act: () => T): T | string => {
  try {
    return act();
  } catch (error) {
    if (error instanceof RejectedEvent) return error.reason;
    throw error;
  }
};

it('are what plain objects are, through any order of lists, clicks, waiting, forgetting and pictures', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 150, size: 'max' }), (steps) => {
      let lists = createOpenLists(RULES);
      const model = plainLists(RULES);
      const pictures: { taken: CapturedLists; closed: Iterable<ClosedList>; expected: unknown }[] = [];
      let clock = 1e12;
      let sequence = 0;
      for (const one of steps) {
        if (one.kind === 'list') {
          clock += one.later;
          const made: OpenList = { ...one.drawn, sequence: sequence++, time: clock, shownAt: clock - one.early };
          const told = { ...made, id: one.id, user: one.user };
          const asked = { id: told.id, time: told.shownAt };
          expect(lists.has(asked, told.print)).toBe(model.has(asked, told.print));
          lists.add(told);
          model.add(told);
          expect(lists.has(asked, told.print)).toBe(true);
        } else if (one.kind === 'click') {
          const time = clock - one.ago;
          const event: ListClick = {
            ...{ event: 'interaction', ranking: one.ranking, user: one.user, item: `i${one.item}`, time },
            ...{ type: one.type, cameInTime: one.cameInTime },
            ...(one.isTold ? { shownAt: model.open().find(({ id }) => id === one.ranking)?.shownAt } : {}),
          };
          const found = outcomeOf(() => lists.find(event, one.item));
          const expected = outcomeOf(() => model.find(event, one.item));
          expect(typeof found === 'string' ? found : found.list).toEqual(expected);
          if (typeof found !== 'string' && typeof expected !== 'string') {
            found.mark(found.list.items.indexOf(one.item), one.isAtOnce);
            model.mark(expected, expected.items.indexOf(one.item), one.isAtOnce);
          }
        } else if (one.kind === 'forget') {
          expect(lists.forgetUser(one.user)).toBe(model.forgetUser(one.user));
        } else if (one.kind === 'wait') {
          clock += one.span;
          lists.expire(clock);
          model.expire(clock);
        } else if (one.kind === 'capture') {
          const expected = { open: model.open(), closed: model.closed() };
          pictures.push({ taken: lists.capture(), closed: lists.closed(), expected });
        } else if (one.kind === 'restore') lists = restored(lists);
        else {
          lists.clear();
          model.clear();
        }
        expect(lists.size).toBe(model.size());
      }
      expect({ open: lists.open(), closed: [...lists.closed()] }).toEqual({
        open: model.open(),
        closed: model.closed(),
      });
      expect([...lists.users()]).toEqual(model.open().map(({ user }) => user));
      for (const { taken, closed, expected } of pictures) {
        expect({ open: listsOf(taken), closed: [...closed] }).toEqual(expected);
        taken.release();
      }
    }),
    { numRuns: 100 },
  );
});
