/** A rule of one's own: checked, kept by every list, and named where it cannot be kept. Run: npm run examples */
import { train } from 'slatewise';
import { simulate, simulationDefaults } from 'slatewise/data';
import { defineRule, rulesOf } from 'slatewise/kinds';
import { ruleConformance } from 'slatewise/testing';
import { z } from 'zod';

// No two items whose prices differ by less than this share of the lower one.
const priceApart = defineRule({
  name: 'priceApart',
  schema: z.strictObject({ share: z.number().min(0).max(1) }),
  sentence: ({ share }) => `no two prices within ${100 * share} %`,
  names: () => [{ field: 'price' }],
  demands({ share }, { candidates }) {
    const priced = candidates.flatMap(({ fields: { price } }, n) => (typeof price === 'number' ? [{ n, price }] : []));
    // Of the items from each price up to so much above it, any two are too near: at most one may be shown.
    return priced.map(({ price: low }) => ({
      members: priced.filter(({ price }) => price >= low && price < low * (1 + share)).map(({ n }) => n),
      atMost: 1,
    }));
  },
});

// 1. It keeps what every rule promises. In your tests: `for (const { name, run } of checks) test(name, run)`.
const checks = ruleConformance(priceApart, {
  entries: [{ share: 0.05 }, { share: 0.5 }],
  fields: (random) => ({ price: 10 + Math.floor(random() * 10) }),
  keeps: ({ share }, slate) => {
    const prices = slate.map(({ fields }) => Number(fields.price)).sort((a, b) => a - b);
    return prices.every((price, k) => price >= (prices[k - 1] ?? 0) * (1 + share));
  },
});
for (const { run } of checks) await run();

// 2. It is brought by `kinds`, beside the program's own rules.
const events = Array.from(simulate({ ...simulationDefaults, impressions: 600, users: 80, items: 30 })).flatMap((row) =>
  'event' in row ? [row.event] : [],
);
const model = await train(events, { recipe: 'pointwise-bce', changes: { epochs: 1 }, kinds: [priceApart] });
const request = { user: 'u1', items: Array.from({ length: 12 }, (_, n) => `i${n + 1}`) };
const { slates } = await model.generate(request, {
  size: 3,
  rules: { exclude: ['i2'], ...rulesOf(priceApart, [{ share: 0.1 }]) },
  prices: true,
});
console.log(slates[0]?.items);

// 3. Where it cannot be kept, the error names it.
const error = await model.generate(request, { size: 12, rules: rulesOf(priceApart, [{ share: 1 }]) }).catch(String);
console.log(error);
if (!String(error).includes('no two prices within 100 %'))
  throw new Error('a conflict that names the rule was expected');
await model.close();
