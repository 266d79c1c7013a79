import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodedMarket } from '../../../test/encoded-market.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { createSlateScorer } from '../../scoring/slate-scorer.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Generator } from '../generator.ts';
import { generatorNamed } from '../generators.ts';
import { createSlateGenerator, type SlateGenerator, type SlateGeneratorOptions } from './slate-generator.ts';

let stored: StoredModel;
const open: SlateGenerator[] = [];
beforeAll(async () => {
  stored = (await encodedMarket()).scorer;
});
afterAll(async () => {
  await Promise.all(open.map((maker) => maker.close()));
});

async function makerOf({
  name = 'beam+swap',
  ...options
}: Partial<SlateGeneratorOptions> & { name?: string } = {}): Promise<SlateGenerator> {
  const generator = generatorNamed(name);
  const maker = await createSlateGenerator(stored, {
    objective: 'clicks',
    seed: 1,
    workers: 1,
    size: 3,
    generator,
    ...options,
  });
  open.push(maker);
  return maker;
}

const request = (count: number, more: Partial<RankingEvent> = {}): RankingEvent => ({
  event: 'ranking',
  id: 'q',
  time: 1.9e12,
  user: 'u1',
  fields: {},
  items: Array.from({ length: count }, (_, n) => ({ id: `i${n + 1}`, fields: {} })),
  ...more,
});

const idsOf = ({ items }: { items: readonly { readonly item: string }[] }): readonly string[] =>
  items.map(({ item }) => item);

it('says of its slate what the scorer says of the same items shown together', async () => {
  const reply = await (await makerOf()).generate(request(12));
  const ids = idsOf(reply);
  expect(new Set(ids).size).toBe(3);
  expect(reply.items.map(({ position }) => position)).toEqual([0, 1, 2]);
  const scorer = await createSlateScorer(stored, { workers: 1 });
  const [scored] = await scorer.score([request(0, { items: ids.map((id) => ({ id, fields: {} })) })]);
  await scorer.close();
  for (const [place, { probability }] of scored.items.entries())
    expect(reply.items[place].probability).toBeCloseTo(probability, 5);
  expect(reply.expectedClicks).toBeCloseTo(scored.expectedClicks, 5);
  expect(reply.anyClick).toBeCloseTo(scored.anyClick, 5);
  expect(reply.value).toBeCloseTo(reply.expectedClicks, 6);
  expect(reply).toMatchObject({ request: 'q', generator: 'beam+swap', objective: 'clicks', diversity: 0, rules: [] });
});

describe('the best and the gap', () => {
  it('is no gap where the slate is the best', async () => {
    const reply = await (await makerOf({ name: 'exhaustive', best: 'if-few' })).generate(request(8));
    expect(reply.gap).toBe(0);
    expect(reply.best).toEqual({ value: reply.value, by: 'exhaustive', items: idsOf(reply) });
  });

  it('is known without a search, however many there are, from a generator that has looked at all', async () => {
    const exact = await (await makerOf({ name: 'exhaustive', best: 'if-few' })).generate(request(16));
    expect(exact).toMatchObject({ gap: 0, best: { value: exact.value, by: 'exhaustive', items: idsOf(exact) } });
    let asked = 0;
    const generator: Generator = {
      name: 'all-seeing',
      looksAtAll: true,
      async generate({ value, size }) {
        const places = Int32Array.from({ length: size }, (_, place) => place);
        asked++;
        return [{ places, value: (await value([places]))[0] }];
      },
    };
    const { best, gap } = await (await makerOf({ generator, best: 'search' })).generate(request(50));
    expect([asked, gap, best?.by, best?.items]).toEqual([1, 0, 'exhaustive', ['i1', 'i2', 'i3']]);
  });

  it('is the share that is missed where it is not, of what trying all finds', async () => {
    let missed = 0;
    for (const user of ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']) {
      const asked = request(8, { user });
      const made = await (await makerOf({ name: 'top', best: 'if-few' })).generate(asked);
      const most = await (await makerOf({ name: 'exhaustive' })).generate(asked);
      expect(most.best).toBeUndefined();
      expect(made.best?.value).toBe(most.value);
      expect(made.gap).toBeCloseTo(1 - made.value / most.value, 9);
      missed += made.gap ?? 0;
    }
    // Otherwise nothing was compared.
    expect(missed).toBeGreaterThan(0);
  });

  it('is searched for only on demand where slates are many', async () => {
    expect((await (await makerOf({ best: 'if-few' })).generate(request(30))).best).toBeUndefined();
    const searched = await (await makerOf({ best: 'search', name: 'top' })).generate(request(50));
    expect(searched.best?.by).toBe('search');
    expect(searched.best?.value).toBeGreaterThanOrEqual(searched.value);
  });
});

it('gives alternatives, all different, the better the earlier', async () => {
  const reply = await (await makerOf({ alternatives: 4 })).generate(request(10));
  const values = [reply, ...reply.alternatives].map(({ value }) => value);
  expect(values).toHaveLength(5);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(new Set([reply, ...reply.alternatives].map((each) => idsOf(each).join())).size).toBe(5);
});

it('prices every rule by what the best slate without it is worth', async () => {
  const rules = { exclude: ['i2'], pin: [{ item: 'i5', position: 0 }] };
  const exact = { name: 'exhaustive' };
  const reply = await (await makerOf({ ...exact, rules, prices: true })).generate(request(7));
  expect(reply.rules.map(({ rule }) => rule)).toEqual(['pin i5 at place 1', 'exclude i2']);
  const [pin, exclude] = reply.rules.map(({ price }) => price ?? Number.NaN);
  const worth = async (left: unknown): Promise<number> =>
    (await (await makerOf({ ...exact, rules: left })).generate(request(7))).value;
  expect(pin).toBeCloseTo((await worth({ exclude: ['i2'] })) - reply.value, 9);
  expect(exclude).toBeCloseTo((await worth({ pin: rules.pin })) - reply.value, 9);
  expect(pin + exclude).toBeGreaterThan(0);
  expect((await (await makerOf({ rules })).generate(request(7))).rules).toEqual([]);
});

describe('a request of its own mind', () => {
  it('names its size, and never gets more than its candidates', async () => {
    const maker = await makerOf({ size: 3 });
    expect((await maker.generate(request(6, { size: 2 }))).items).toHaveLength(2);
    expect((await maker.generate(request(2))).items).toHaveLength(2);
    expect((await (await makerOf({ size: undefined, name: 'greedy' })).generate(request(5))).items).toHaveLength(5);
  });

  it('brings rules that replace those of all', async () => {
    const maker = await makerOf({ rules: { exclude: ['i1', 'i2', 'i3'] } });
    expect([...idsOf(await maker.generate(request(6)))].sort()).toEqual(['i4', 'i5', 'i6']);
    const own = await maker.generate(request(6, { rules: { exclude: ['i4', 'i5', 'i6'] } }));
    expect([...idsOf(own)].sort()).toEqual(['i1', 'i2', 'i3']);
    expect((await maker.generate(request(3, { rules: {} }))).items).toHaveLength(3);
  });

  it('fails by itself, by name', async () => {
    const maker = await makerOf();
    const wrong = maker.generate(request(6, { id: 'r9', rules: { pins: [] } }));
    await expect(wrong).rejects.toThrow(InputError);
    await expect(wrong).rejects.toThrow('request r9: rules: expected one of pin, exclude');
    const impossible = request(6, { id: 'r9', rules: { exclude: ['i1'], pin: [{ item: 'i1', position: 0 }] } });
    await expect(maker.generate(impossible)).rejects.toThrow('request r9: no slate of 3 can keep all of');
    await expect((await makerOf({ objective: 'value:margin' })).generate(request(4, { id: 'r9' }))).rejects.toThrow(
      'request r9: objective value:margin: expected a number in the field "margin"',
    );
    expect((await maker.generate(request(6))).items).toHaveLength(3);
  });
});

it('refuses a page that is shorter than the slate, which is its top', async () => {
  const expected = 'request r1: page: expected at least the 3 items of the slate, which is its top, found 2';
  const asked = (options: object) => makerOf(options).then((maker) => maker.generate(request(6, { id: 'r1' })));
  await expect(asked({ size: 3, page: 2 })).rejects.toThrow(expected);
  for (const page of [3, 'candidates']) expect((await asked({ size: 3, page })).items).toHaveLength(3);
});

it('refuses rules of another form before any request', async () => {
  await expect(makerOf({ rules: { pins: [] } })).rejects.toThrow('rules: expected one of pin, exclude');
  await expect(makerOf({ rules: [] })).rejects.toThrow(InputError);
});

describe('options that are none', () => {
  it.each<[string, object]>([
    ['objective: expected one of clicks, any, value:<field>, found nothing', { objective: undefined }],
    ['objective: expected one of clicks, any, value:<field>, found 5', { objective: 5 }],
    ['page: expected "candidates" or a whole number from 1, found "x"', { page: 'x' }],
    ['page: expected "candidates" or a whole number from 1, found -1', { page: -1 }],
    ['page: expected "candidates" or a whole number from 1, found NaN', { page: Number.NaN }],
    ['deadline: expected number, found "1"', { deadline: '1' }],
    ['bound: expected number, found NaN', { bound: Number.NaN }],
    ['bound: expected number, found "x"', { bound: 'x' }],
    ['bound: expected number to be >=0, found -1', { bound: -1 }],
    ['diversity: expected number, found "1"', { diversity: '1' }],
    ['size: expected number, found "3"', { size: '3' }],
    ['alternatives: expected int, found 1.5', { alternatives: 1.5 }],
    ['best: expected one of none, if-few, search, found "few"', { best: 'few' }],
    ['generator: expected one that generatorNamed gives, found "beam"', { generator: 'beam' }],
    ['found "diversty"; did you mean "diversity"?', { diversty: 1 }],
    ['workers: expected a whole number from 1', { workers: undefined }],
  ])('are refused before any request: %s', async (sentence, wrong) => {
    await expect(makerOf(wrong)).rejects.toThrow(InputError);
    await expect(makerOf(wrong)).rejects.toThrow(sentence);
  });

  it('are refused where there are none at all, or no model', async () => {
    const make = createSlateGenerator as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(make(stored)).rejects.toThrow('createSlateGenerator: expected options, an object, found nothing');
    await expect(make()).rejects.toThrow(
      'createSlateGenerator: expected a model that loadModel gives, found nothing; load one',
    );
  });

  it('are names of generators that are none too', () => {
    expect(() => generatorNamed(undefined as unknown as string)).toThrow('generator: expected one of top, ');
    for (const none of [Object.create(null), Symbol('beam'), 10n, new Map()])
      expect(() => generatorNamed(none as string)).toThrow('generator: expected one of top, ');
    expect(() => generatorNamed('baem')).toThrow('did you mean "beam"?');
  });
});

it('answers the request as it was when it was asked', async () => {
  const maker = await makerOf();
  const asked = request(12);
  const expected = await maker.generate(request(12));
  const answer = maker.generate(asked);
  Object.assign(asked, { id: 'other', time: 5, items: [] });
  expect(await answer).toEqual(expected);
});

it('refuses what its types forbid in a request', async () => {
  const maker = await makerOf();
  const deadline = '60000' as unknown as number;
  await expect(maker.generate(request(6, { deadline }))).rejects.toThrow('"deadline" to be milliseconds from 0');
  await expect(maker.generate(request(6, { size: '3' as unknown as number }))).rejects.toThrow('"size" to be a whole');
});

it('says so once it is closed', async () => {
  const maker = await makerOf();
  await maker.close();
  await expect(maker.generate(request(6))).rejects.toThrow('generate: expected an open generator, found it closed');
});

describe('exploring', () => {
  const explore = { policy: 'epsilon', epsilon: 0.5, price: true };

  it('draws by the id, the user and the seed, and tells how probable that was', async () => {
    const maker = await makerOf({ explore });
    const reply = await maker.generate(request(6));
    expect(reply.policy).toBe('epsilon=0.5 generator=beam+swap');
    expect(reply.explorePrice).toMatchObject({ by: 'exhaustive' });
    const product = reply.items.reduce((all, { propensity = Number.NaN }) => all * propensity, 1);
    expect(reply.propensity).toBeCloseTo(product, 12);
    expect(await maker.generate(request(6))).toEqual(reply);
    const drawn = async (more: Partial<RankingEvent>): Promise<string> =>
      idsOf(await maker.generate(request(6, more))).join();
    const byId = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => drawn({ id })));
    const byUser = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((user) => drawn({ user })));
    expect(new Set(byId).size).toBeGreaterThan(1);
    expect(new Set(byUser).size).toBeGreaterThan(1);
    const others = await makerOf({ explore, seed: 2 });
    const bySeed = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (id) => idsOf(await others.generate(request(6, { id }))).join()),
    );
    expect(bySeed).not.toEqual(byId);
  });

  it('does not take what it drew for the best there is', async () => {
    const maker = await makerOf({
      name: 'exhaustive',
      explore: { policy: 'plackett-luce', temperature: 1 },
      best: 'if-few',
    });
    const best = await (await makerOf({ name: 'exhaustive' })).generate(request(6));
    const reply = await maker.generate(request(6, { id: 'z' }));
    expect(reply.best?.value).toBeCloseTo(best.value, 6);
    expect(reply.gap).toBeGreaterThan(0);
  });

  it('refuses beside it what asks for the best', async () => {
    for (const more of [{ alternatives: 1 }, { best: 'search' as const }, { prices: true }])
      await expect(makerOf({ explore, ...more })).rejects.toThrow(
        /explore: expected no "(alternatives|best|prices)" beside it/,
      );
    await expect(makerOf({ explore: { policy: 'epsilon' } })).rejects.toThrow(InputError);
  });
});
