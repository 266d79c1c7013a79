/** A trained model in a program. Run: npm run examples, in which examples/thirty-lines.ts makes the model. */
import { open } from 'slatewise';

const model = await open('models/restaurants');
const request = { user: 'u1', items: ['i0', 'i4', 'i7', 'i8', 'i11'] };
const [list] = await model.score([request]); // the click probability of each item, in the company of the others
const [{ items }] = (await model.generate(request, { size: 3 })).slates; // the best three of the five
console.log(list.expectedClicks, items);
await model.observe({ event: 'ranking', id: 'page 7', user: 'u1', items: items.map(({ item }) => item) });
for (const { item } of items.slice(1, 2)) // the second is clicked
  await model.observe({ event: 'interaction', ranking: 'page 7', item, type: 'click' });
await model.save('models/restaurants'); // with what it has learned of its users since
await model.close();
