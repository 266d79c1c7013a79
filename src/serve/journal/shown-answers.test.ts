import { expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { createShownAnswers, withAnswer } from './shown-answers.ts';

const answer = (id: string, items: readonly string[], more: Partial<AnsweredList> = {}): AnsweredList => ({
  ...{ id, time: 1, user: 'u', fields: {}, asked: 'generate', model: 'a', took: 1 },
  candidates: ['i1', 'i2', 'i3'].map((item) => ({ id: item, fields: {} })),
  items: items.map((item) => ({ id: item, probability: 0.1, propensity: 0.5, placePropensity: 0.4 })),
  ...{ policy: 'epsilon=1 generator=top', variant: 'b', propensity: 0.25 },
  ...more,
});
const shown = (id: string, items: readonly string[], more: Partial<RankingEvent> = {}): RankingEvent => ({
  ...{ event: 'ranking', id, time: 2, user: 'u', fields: {} },
  items: items.map((item) => ({ id: item, fields: {} })),
  ...more,
});

it('finds the answer that a list shows, once: same id, user, items and order', () => {
  const answers = createShownAnswers();
  answers.add(answer('l1', ['i1', 'i2']));
  expect(answers.take(shown('l2', ['i1', 'i2']))).toBeUndefined();
  expect(answers.take(shown('l1', ['i2', 'i1']))).toBeUndefined();
  expect(answers.take(shown('l1', ['i1']))).toBeUndefined();
  expect(answers.take(shown('l1', ['i1', 'i2'], { user: 'v' }))).toBeUndefined();
  expect(answers.take(shown('l1', ['i1', 'i2']))?.policy).toBe('epsilon=1 generator=top');
  expect(answers.take(shown('l1', ['i1', 'i2']))).toBeUndefined();
});

it('takes the later of two answers to one request', () => {
  const answers = createShownAnswers();
  for (const model of ['a', 'b']) answers.add(answer('l1', ['i1', 'i2'], { model }));
  answers.add(answer('l1', ['i3', 'i2'], { model: 'c' }));
  expect(answers.take(shown('l1', ['i1', 'i2']))?.model).toBe('b');
});

it('forgets the oldest beyond its limit', () => {
  const answers = createShownAnswers(2);
  for (const id of ['l1', 'l2', 'l3']) answers.add(answer(id, ['i1']));
  const found = ['l1', 'l2', 'l3'].map((id) => answers.take(shown(id, ['i1'])) !== undefined);
  expect(found).toEqual([false, true, true]);
});

it('tells a shown list its policy, variant and propensity, unless it says them itself', () => {
  expect(withAnswer(shown('l1', ['i1', 'i2']), answer('l1', ['i1', 'i2']))).toEqual(
    shown('l1', ['i1', 'i2'], { policy: 'epsilon=1 generator=top', variant: 'b', propensity: 0.25 }),
  );
  expect(withAnswer(shown('l1', ['i1'], { variant: 'own' }), answer('l1', ['i1'])).variant).toBe('own');
});

it('tells the propensities of items where all candidates are shown: else those of a log mean something else', () => {
  const all = ['i1', 'i2', 'i3'];
  const { items } = withAnswer(shown('l1', all), answer('l1', all));
  expect(items.map(({ propensity, placePropensity }) => [propensity, placePropensity])).toEqual(
    all.map(() => [0.5, 0.4]),
  );
});
