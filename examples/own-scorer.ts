/** A scorer of one's own: checked, trained, saved and opened again. Run: npm run examples */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, train } from 'slatewise';
import { simulate, simulationDefaults, writeSimulation } from 'slatewise/data';
import { attentionBce, defineRecipe, defineScorer } from 'slatewise/kinds';
import { createEncoder, createHead, createLinear, dropout, encode, head, linear, maskedMean } from 'slatewise/nn';
import { scorerConformance } from 'slatewise/testing';

// Deep Sets (Zaheer et al. 2017): an item sees the list as the mean of its items.
const meanScorer = defineScorer({
  name: 'mean-of-list',
  create: (rng, { config, spec }) => ({
    encoder: createEncoder(rng.split('encoder'), { config, spec }),
    own: createLinear(rng.split('own'), { inputs: config.width, outputs: config.width }),
    list: createLinear(rng.split('list'), { inputs: config.width, outputs: config.width }),
    head: createHead(rng.split('head'), config),
  }),
  score(layer, inputs, options) {
    const { config, rng } = options;
    const encoded = encode(layer.encoder, inputs, options);
    const meanBD = maskedMean(encoded.slotsBKD, inputs.maskBK);
    const listB1D = linear(layer.list, meanBD).reshape(['B', 1, config.width]);
    const mixedBKD = linear(layer.own, encoded.slotsBKD).add(listB1D).relu();
    const hiddenBKD = encoded.slotsBKD.add(dropout(mixedBKD, { rate: config.dropout, rng }));
    return head(layer.head, hiddenBKD, { encoded, inputs, kind: config.head });
  },
});

// 1. It keeps what every scorer promises. In your tests: `for (const { name, run } of scorerConformance(meanScorer)) test(name, run)`.
for (const { run } of scorerConformance(meanScorer)) await run();

// 2. A recipe names it, and both are brought by `kinds`.
const changes = { scorer: 'mean-of-list', model: { width: 32, feedForward: 64 }, epochs: 3 };
const recipe = defineRecipe({ name: 'mean-bce', base: attentionBce, ...changes });
const kinds = [meanScorer, recipe];
const folder = await mkdtemp(join(tmpdir(), 'slatewise-'));
const log = join(folder, 'events.jsonl');
await writeSimulation(simulate({ ...simulationDefaults, impressions: 1000, users: 150, items: 60 }), { log });
await using model = await train(log, { recipe: 'mean-bce', kinds });
console.log(`${model.report.recipe}: ROC AUC ${model.report.validation.rocAuc.toFixed(3)} on validation`);

// 3. A model folder holds its weights and its graph, not its code: whoever opens it brings the scorer.
await model.save(join(folder, 'model'));
await using again = await open(join(folder, 'model'), { kinds });
const request = { user: 'u1', items: ['i1', 'i2', 'i3'] };
const [[before], [after]] = [await model.score([request]), await again.score([request])];
console.log(`clicks expected on a list of three: ${before.expectedClicks.toFixed(3)}`);
if (before.expectedClicks !== after.expectedClicks) throw new Error('an opened model should score as it did');
