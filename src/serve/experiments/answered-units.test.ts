import { describe, expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { Experiment } from '../../slate/experiment.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { answeredUnits, listKey } from './answered-units.ts';

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

  it('cannot be judged once the entry by which the experiment began is gone: the first variant met need not be the control', async () => {
    await expect(answeredUnits(journal(answer('l1', 'u', 'new')))).rejects.toMatchObject({
      code: 'journal-trimmed',
      message: /^order: expected the entry of the journal by which the experiment began/,
    });
  });
});
