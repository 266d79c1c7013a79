/** What a command line warns of, a program finds in the report of its model. */
import { expect, it } from 'vitest';
import { type EventInput, train } from '../src/index.ts';
import { defineLoss, meanWhere, perItem } from '../src/kinds.ts';
import { marketEvents, quick } from './door-events.ts';

const events = marketEvents(300) as EventInput[];

it('has the doubts about a recipe: an epoch chosen by log loss, of a loss whose scores are no probabilities', async () => {
  const hinge = defineLoss({
    name: 'hinge',
    counts: perItem,
    build: ({ logitsBK, labelsBK, maskBK }) => meanWhere(logitsBK.mul(labelsBK.mul(-2).add(1)).add(1).relu(), maskBK),
  });
  const changes = { ...quick.changes, losses: [{ name: 'hinge', weight: 1 }] };
  await using model = await train(events, { ...quick, kinds: [hinge], changes });
  expect(model.report.read?.warnings.join('\n')).toContain('set metric to rocAuc or ndcgAt10');
});

it('has that many events cannot be used, with the reason of most', async () => {
  const lost = events
    .filter(({ event }) => event === 'ranking')
    .map((event) => ({ ...event, time: '12.11.2026 10:00' }));
  await using model = await train([...events, ...lost] as EventInput[], quick);
  expect(model.report.read?.warnings.join('\n')).toMatch(
    /many cannot be used \(300 lines rejected, 300 of them as bad-timestamp\)/,
  );
});

it('says with a log that is too small what became of the rest', async () => {
  const ranked = events.filter(({ event }) => event === 'ranking');
  const few = new Set(ranked.slice(0, 3));
  const lost = events.map((event) =>
    event.event === 'ranking' && !few.has(event) ? { ...event, time: 'noon' } : event,
  );
  await expect(train(lost as EventInput[], quick)).rejects.toThrow(
    /none in the (validation|test) part of 3 lists; use more data or other shares \(\d+ lines rejected, \d+ of them as (bad-timestamp|unknown-list)\)/,
  );
});
