import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel } from '../../test/memory-host.ts';
import { askWhatIf } from '../scoring/what-if.ts';
import type { ListModel } from './list-model.ts';

let model: ListModel;
beforeAll(async () => {
  model = await drinksModel();
});
afterAll(() => model.close());

const time = Date.UTC(2030, 0, 1);
const request = { time, items: ['small', 'medium', 'large'] };

describe('whatIf', () => {
  it('says of each item what score and explain say, and what it gets alone', async () => {
    const found = await model.whatIf(request);
    const [scored] = await model.score([request]);
    const explained = await model.explain(request);
    for (const [k, { item, probability, alone, anyClickChange }] of found.items.entries()) {
      expect(item).toBe(request.items[k]);
      expect(probability).toBeCloseTo(scored.items[k].probability, 5);
      expect(anyClickChange).toBeCloseTo(explained.items[k]?.anyClickChange ?? Number.NaN, 6);
      const [single] = await model.score([{ time, items: [{ id: item, position: k }] }]);
      expect(alone).toBeCloseTo(single.items[0].probability, 5);
    }
    expect(found.influence).toEqual(explained.influence);
    expect(found.expectedClicks).toBeCloseTo(scored.expectedClicks, 5);
    expect(found.anyClick).toBeCloseTo(scored.anyClick, 5);
    expect(found).not.toHaveProperty('swap');
  });

  it('takes fields to be otherwise as an event would tell them, and tells nobody', async () => {
    const before = await model.whatIf(request);
    const asked = await model.whatIf(request, { asIf: { large: { price: 1 }, nobody: { price: 3 } } });
    expect(await model.whatIf(request)).toEqual(before);
    expect(asked.items[2].probability).not.toBe(before.items[2].probability);
    const told = model.snapshot();
    await model.observe({ event: 'item', item: 'large', time: time - 1, fields: { price: 1 } });
    const after = await model.whatIf(request);
    model.restore(told);
    for (const [k, { probability }] of after.items.entries())
      expect(asked.items[k].probability).toBeCloseTo(probability, 6);
  });

  it('describes an item that nobody has met', async () => {
    const unknown = { time, items: ['new', 'large'] };
    const [plain, cheap] = [await model.whatIf(unknown), await model.whatIf(unknown, { asIf: { new: { price: 1 } } })];
    expect(cheap.items[0].probability).not.toBe(plain.items[0].probability);
  });

  it('finds the exchange that brings the most clicks', async () => {
    const pair = { time, items: ['small', 'large'] };
    const { swap } = await model.whatIf(pair, { swaps: ['medium', 'small'] });
    const exchanged = [
      ['medium', 'large'],
      ['small', 'medium'],
    ];
    const scored = await model.score(exchanged.map((items) => ({ time, items })));
    const best = scored[0].expectedClicks >= scored[1].expectedClicks ? 0 : 1;
    expect(swap).toMatchObject({ in: 'medium', out: ['small', 'large'][best], tried: 2, of: 2 });
    expect(swap?.expectedClicks).toBeCloseTo(scored[best].expectedClicks, 5);
  });

  it('takes no item out that is pinned', async () => {
    const pair = { time, items: ['small', 'large'] };
    for (const [kept, out] of [
      ['small', 'large'],
      ['large', 'small'],
    ] as const) {
      const { swap } = await model.whatIf(pair, { swaps: ['medium'], pinned: [kept] });
      expect(swap).toMatchObject({ in: 'medium', out, tried: 1, of: 1 });
    }
    const { swap } = await model.whatIf(pair, { swaps: ['medium'], pinned: pair.items });
    expect(swap).toBeUndefined();
  });

  it('looks for no exchange that nobody waits for', async () => {
    const others = Array.from({ length: 60 }, (_, n) => `other ${n}`);
    const stop = new AbortController();
    let asked = 0;
    const places = Int32Array.from({ length: 30 }, (_, n) => n);
    const open = {
      N: 90,
      likeness: () => 0,
      async score(slates: readonly Int32Array[]) {
        asked += slates.length;
        if (slates.length > 1 && asked > 100) stop.abort(new Error('gone'));
        const offsets = Int32Array.from({ length: slates.length + 1 }, (_, n) => n * places.length);
        return { offsets, logits: new Float32Array(slates.length * places.length), slateLogitOf: () => 0 };
      },
    };
    const question = { others: others.map((_, n) => 30 + n), signal: stop.signal };
    await expect(askWhatIf(places, open, question)).rejects.toThrow('gone');
    expect(asked).toBeLessThan(200);
  });

  it('lets generate see items as they are taken to be', async () => {
    const options = { size: 1, objective: 'value:price', asIf: { small: { price: 1e6 } } };
    const { slates } = await model.generate({ time, items: ['small', 'large'] }, options);
    expect(slates[0].items[0].item).toBe('small');
    const plain = await model.generate({ time, items: ['small', 'large'] }, { size: 1, objective: 'value:price' });
    expect(slates[0].value).toBeGreaterThan(plain.slates[0].value);
  });

  it.each([
    [{ asIf: [] }, /^asIf: expected fields by item/],
    [{ asIf: { large: 5 } }, /^asIf: "large": expected/],
    [{ swaps: 'medium' }, /^swaps: expected a list of ids/],
    [{ pinned: 5 }, /^pinned: expected a list of ids/],
    [{ pinned: ['medium 2'] }, /^pinned: expected items of the list, found "medium 2"/],
    [{ swap: [] }, /swaps/],
  ])('refuses %j in one sentence', async (options, sentence) => {
    await expect(model.whatIf(request, options as never)).rejects.toThrow(sentence);
  });
});
