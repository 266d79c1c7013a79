/** A list model in a program, from events in memory to a saved model. Run: npm run examples */
import { defineFields, type EventInput, open, train } from 'slatewise';

const fields = defineFields({ item: { price: 'numeric', cuisine: 'category' } });
const cuisines = ['sushi', 'ramen', 'curry'];
const start = Date.now() - 1500 * 60_000;
const events: EventInput<typeof fields>[] = Array.from({ length: 12 }, (_, n) => ({
  ...{ event: 'item', item: `i${n}`, time: start },
  fields: { price: 800 + 100 * n, cuisine: cuisines[n % 3] },
}));
for (let n = 0; n < 1500; n++) {
  // Your own log goes here: lists that were shown, and what was clicked. Here the cheapest of four is clicked, mostly.
  const [time, shown] = [start + n * 60_000, [0, 1, 2, 3].map((k) => (n * (k + 3) + k * 5) % 12)];
  const [id, items] = [`list ${n}`, [...new Set(shown)].map((item) => `i${item}`)];
  events.push({ event: 'ranking', id, time, user: `u${n % 50}`, items });
  const clicked = `i${n % 5 === 0 ? shown[0] : Math.min(...shown)}`;
  if (n % 4 > 0) events.push({ event: 'interaction', ranking: id, time: time + 5000, item: clicked, type: 'click' });
}

await using model = await train(events, {
  ...{ fields, recipe: 'attention-listnet', changes: { epochs: 4 }, signal: AbortSignal.timeout(120_000) },
  onProgress: ({ task, done, unit }) => process.stderr.write(`\r${task}: ${done} ${unit} `),
});
const request = { user: 'u1', items: ['i0', 'i4', 'i7', 'i8', 'i11'] };
const [answer] = await model.score([request]);
console.table(answer.items);
const { slates } = await model.generate(request, { size: 3, rules: { unique: ['cuisine'] } });
console.log(`to show: ${slates[0].items.map(({ item }) => item).join(', ')}`);

const before = model.snapshot();
await model.observe({ event: 'ranking', id: 'live 1', user: 'u1', items: slates[0].items.map(({ item }) => item) });
await model.observe({ event: 'interaction', ranking: 'live 1', item: slates[0].items[0].item, type: 'click' });
const [after] = await model.score([request]); // knows of the click
model.restore(before); // and no longer
console.log(
  `${answer.expectedClicks.toFixed(3)} clicks expected before the click, ${after.expectedClicks.toFixed(3)} after`,
);

await model.save('models/restaurants');
await using again = await open('models/restaurants', { fields });
console.log(again.report.validation);
