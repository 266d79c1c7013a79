import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ListModel, type LiveEvent, type RequestInput, type Snapshot, train } from '../src/index.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import { MARKET_START, type MarketFields, marketEvents, quick } from './door-events.ts';

const LISTS = 300;
const NOW = MARKET_START + 10 * 86_400_000;
let models: readonly ListModel<MarketFields>[];
beforeAll(async () => {
  const events = marketEvents(LISTS);
  models = await Promise.all(
    [1, 2].map((workers) => train<MarketFields>(events, { ...quick, workers, now: () => NOW })),
  );
});
afterAll(async () => void (await Promise.all(models.map((model) => model.close()))));

const someItems = (rng: Rng, count: number): string[] =>
  [...rng.shuffle(Int32Array.from({ length: 12 }, (_, item) => item))].slice(0, count).map((item) => `i${item}`);

const requestOf = (rng: Rng, count = 2 + rng.integer(5)): RequestInput<MarketFields> => ({
  time: NOW,
  user: rng.next() < 0.2 ? 'nobody yet' : `u${rng.integer(40)}`,
  items: someItems(rng, count),
});

/** Lists, clicks on them and changes of items, each at its own time. */
function happenings(seed: number, count: number): readonly LiveEvent<MarketFields>[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, n): readonly LiveEvent<MarketFields>[] => {
    const time = MARKET_START + (LISTS + 5 + n) * 60_000;
    if (n % 5 === 4)
      return [{ event: 'item', item: `i${rng.integer(12)}`, time, fields: { price: 500 + rng.integer(900) } }];
    const items = someItems(rng, 4);
    const ranking = `live ${seed} ${n}`;
    return [
      { event: 'ranking', id: ranking, time, user: `u${rng.integer(40)}`, items },
      { event: 'interaction', ranking, time: time + 9, item: items[rng.integer(4)], type: 'click' },
    ];
  }).flat();
}

type Question = (model: ListModel<MarketFields>) => Promise<unknown>;

/** The same question for the same number. */
function questionOf(seed: number): Question {
  const rng = createRng(seed);
  const kind = seed % 3;
  const several = Array.from({ length: 1 + rng.integer(5) }, () => requestOf(rng));
  const candidates = requestOf(rng, 8);
  if (kind === 0) return (model) => model.score(several);
  if (kind === 1)
    return (model) => model.generate(candidates, { size: 3, rules: { unique: ['cuisine'] }, alternatives: 1 });
  return (model) => model.explain(requestOf(createRng(seed), 5));
}

it('answers each question from what was known when it was asked, whatever happens meanwhile', async () => {
  const events = happenings(7, 60);
  for (const model of models) {
    const start = model.snapshot();
    /** All at once: nothing is waited for until the end. */
    const asked: { readonly question: Question; readonly known: Snapshot; readonly answer: Promise<unknown> }[] = [];
    const observed: Promise<unknown>[] = [];
    for (const [n, event] of events.entries()) {
      observed.push(model.observe(event));
      if (n % 3 !== 0) continue;
      const question = questionOf(n);
      asked.push({ question, known: model.snapshot(), answer: question(model) });
      // Another life, and back.
      if (n % 12 === 0) {
        const here = model.snapshot();
        model.restore(start);
        asked.push({ question, known: start, answer: question(model) });
        model.restore(here);
      }
    }
    expect(new Set(await Promise.all(observed))).toEqual(new Set(['taken']));
    const end = model.snapshot();
    const answers = await Promise.all(asked.map(({ answer }) => answer));
    for (const [at, { question, known }] of asked.entries()) {
      model.restore(known);
      expect(answers[at], `question ${at}`).toEqual(await question(model));
    }
    // No answer is the answer to something else because all are alike.
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(asked.length * 0.8);
    // Asking has left no trace.
    model.restore(start);
    for (const event of events) await model.observe(event);
    expect(model.snapshot()).toEqual(end);
  }
  const known = models.map((model) => model.snapshot());
  expect(known[0]).toEqual(known[1]);
});

it('a call that is refused leaves the others as they are', async () => {
  const [model] = models;
  const good = questionOf(3);
  const before = await good(model);
  const bad: readonly (() => Promise<unknown>)[] = [
    () => model.score([{ items: [] }]),
    () => model.generate({ items: ['i1'] }, { rules: { pin: [{ item: 'i2', position: 0 }] } }),
    () => model.observe({ event: 'interaction', ranking: 'nowhere', item: 'i1', type: 'click' }),
  ];
  const settled = await Promise.allSettled([...bad.map((act) => act()), good(model), good(model)]);
  expect(settled.map(({ status }) => status)).toEqual([...bad.map(() => 'rejected'), 'fulfilled', 'fulfilled']);
  for (const result of settled.slice(bad.length)) expect(result).toMatchObject({ value: before });
});
