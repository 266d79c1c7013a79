/** A list model in a program, from events in memory to a saved model. Run: npm run examples */
import { defineFields, type EventInput, open, train } from 'slatewise';

const fields = defineFields({ item: { price: 'numeric', cuisine: 'category' } });
const start = Date.now() - 1500 * 60_000;
const events: EventInput<typeof fields>[] = [];
for (let n = 0; n < 12; n++) {
  const cuisine = ['sushi', 'ramen', 'curry'][n % 3];
  events.push({ event: 'item', item: `i${n}`, time: start, fields: { price: 800 + 100 * n, cuisine } });
}
for (let n = 0; n < 1500; n++) {
  // Your own log goes here: lists that were shown, and what was clicked. Here the cheapest is clicked, in four lists of five.
  const time = start + n * 60_000;
  const shown = [...new Set([0, 1, 2, 3].map((k) => Math.floor(1e4 * Math.abs(Math.sin(4 * n + k))) % 12))];
  events.push({ event: 'ranking', id: `list ${n}`, time, user: `u${n % 49}`, items: shown.map((i) => `i${i}`) });
  const item = `i${Math.min(...shown)}`;
  if (n % 5 > 0) events.push({ event: 'interaction', ranking: `list ${n}`, time: time + 5000, item, type: 'click' });
}

await using model = await train(events, {
  fields,
  recipe: 'attention-listnet',
  changes: { epochs: 10 },
  signal: AbortSignal.timeout(120_000),
  onProgress: ({ task, done, unit }) => process.stderr.isTTY && process.stderr.write(`\r${task}: ${done} ${unit} `),
});
const request = { user: 'u1', items: ['i1', 'i3', 'i5', 'i6', 'i8'] };
const [answer] = await model.score([request]);
console.table(answer.items);
const { slates } = await model.generate(request, { size: 3, rules: { unique: ['cuisine'] } });
const items = slates[0].items.map(({ item }) => item);
console.log(`to show: ${items.join(', ')}`);

const before = model.snapshot();
await model.observe({ event: 'ranking', id: 'live 1', user: 'u1', items });
const [item = ''] = items; // the first is clicked
await model.observe({ event: 'interaction', ranking: 'live 1', item, type: 'click' });
const [after] = await model.score([request]); // knows of the click
model.restore(before); // and no longer
console.log(
  `${answer.expectedClicks.toFixed(3)} clicks expected before the click, ${after.expectedClicks.toFixed(3)} after`,
);

await model.save('models/restaurants');
await using again = await open('models/restaurants', { fields });
console.log(again.report.validation);
