import { describe, expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { Experiment } from '../../slate/experiment.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { answeredUnits, listKey } from './answered-units.ts';
import { variantOf } from './assign.ts';

const order: Experiment = {
  ...{ name: 'order', coverage: 1 },
  variants: [
    { name: 'old', share: 0.5 },
    { name: 'new', share: 0.5, model: 'b' },
  ],
};
const answer = (id: string, user: string, variant: string): EntryContent => {
  const list: AnsweredList = {
    ...{ id, time: 1000, user, fields: {}, asked: 'generate', model: 'a', took: 3 },
    ...{ experiments: { order: variant }, candidates: [], items: [{ id: 'i', probability: 0.5 }] },
  };
  return { kind: 'answer', answer: list };
};
async function* journal(...contents: readonly EntryContent[]): AsyncGenerator<readonly JournalEntry[], void> {
  yield contents.map((content, at): JournalEntry => ({ ...content, sequence: at + 1, arrivedAt: 1000 }));
}

describe('answers of an experiment', () => {
  it('keep what a list held in mind only where a shadow scores it', async () => {
    const shadow: EntryContent = { kind: 'shadow', shadow: { id: 'l2', user: 'u', model: 'c', probabilities: [0.25] } };
    const found = await answeredUnits(
      journal(
        { kind: 'experiments', experiments: [order] },
        answer('l1', 'u', 'old'),
        { kind: 'experiments', experiments: [{ ...order, shadows: ['c'] }] },
        answer('l2', 'u', 'old'),
        shadow,
      ),
    );
    const lists = found.get('order')?.lists;
    expect(lists?.get(listKey({ id: 'l1', user: 'u' }))).toBeNull();
    expect(lists?.get(listKey({ id: 'l2', user: 'u' }))).toEqual({
      ...{ items: ['i'], probabilities: [0.5] },
      shadows: new Map([['c', [0.25]]]),
    });
  });

  it('count who had none, by the error or for going, as no answers', async () => {
    const { answer: list } = answer('l1', 'u', 'new') as { readonly answer: AnsweredList };
    const without = (why: Partial<AnsweredList>): EntryContent => ({ kind: 'answer', answer: { ...list, ...why } });
    const found = await answeredUnits(
      journal(
        { kind: 'experiments', experiments: [order] },
        ...[
          without({}),
          without({ failed: 'internal' }),
          without({ failed: 'overloaded' }),
          without({ failed: 'overloaded', times: 6 }),
          without({ failed: 'too-many-at-once' }),
          without({ cancelled: true }),
        ],
      ),
    );
    expect(found.get('order')?.units.get('user u')).toMatchObject({
      ...{ answers: 11, failed: 1, cancelled: 1, refused: 8, milliseconds: 3 },
    });
  });

  it('leave out whom other shares would answer otherwise, also one who never comes again', async () => {
    const of = (...shares: readonly [number, number]): Experiment => ({
      ...order,
      variants: order.variants.map((variant, at) => ({ ...variant, share: shares[at] })),
    });
    const users = Array.from({ length: 40 }, (_, at) => `u${at}`);
    const variants = users.map((user) => variantOf(order, `user ${user}`)?.name ?? '');
    const found = await answeredUnits(
      journal(
        { kind: 'experiments', experiments: [of(0.5, 0.5)] },
        ...users.map((user, at) => answer(`l ${user}`, user, variants[at])),
        { kind: 'experiments', experiments: [of(0.2, 0.8)] },
      ),
    );
    const moved = users.filter((user) => found.get('order')?.units.get(`user ${user}`)?.hasMoved);
    const later = users.filter((user, at) => variantOf(of(0.2, 0.8), `user ${user}`)?.name !== variants[at]);
    expect(moved).toEqual(later);
    expect(moved.length).toBeGreaterThan(4);
    expect(moved.length).toBeLessThan(25);
  });

  it('cannot be judged once the entry by which the experiment began is gone: the first variant met need not be the control', async () => {
    await expect(answeredUnits(journal(answer('l1', 'u', 'new')))).rejects.toMatchObject({
      code: 'journal-trimmed',
      message: /^order: expected the entry of the journal by which the experiment began/,
    });
  });
});
