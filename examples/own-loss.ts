/** A loss of one's own: checked, trained, and chosen by a metric that fits it. Run: npm run examples */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { train } from 'slatewise';
import { simulate, simulationDefaults, writeSimulation } from 'slatewise/data';
import { attentionBce, defineLoss, defineRecipe, meanWhere, perItem } from 'slatewise/kinds';
import { lossConformance } from 'slatewise/testing';
import { z } from 'zod';

// Focal loss (Lin et al. 2017, equation 4): -(1 - p)^gamma log p, with p the probability of what happened. What is predicted well already weighs less.
const focal = defineLoss({
  name: 'focal',
  schema: { gamma: z.number().min(0).max(5) },
  defaults: { gamma: 2 },
  counts: perItem, // the mean below is over shown items
  build({ logitsBK, labelsBK, maskBK }, { gamma }) {
    const happenedBK = labelsBK.mul(2).sub(1); // 1 of a click, -1 of none
    const missBK = logitsBK.mul(happenedBK).neg().softplus(); // -log p, whatever the size of the logit
    const hardBK = logitsBK.mul(happenedBK).softplus().mul(-gamma).exp(); // (1 - p)^gamma
    return meanWhere(missBK.mul(hardBK), maskBK);
  },
});

// 1. It keeps what every loss promises. In your tests: `for (const { name, run } of lossConformance(focal)) test(name, run)`.
for (const { run } of lossConformance(focal)) await run();

// 2. A recipe names it. Its scores are no click probabilities: log loss must not choose the epoch, ROC AUC may.
const attentionFocal = defineRecipe({
  name: 'attention-focal',
  base: attentionBce,
  losses: [{ name: 'focal', weight: 1, gamma: 1 }],
  model: { width: 32, feedForward: 64 },
  epochs: 3,
  metric: 'rocAuc',
});

// 3. Both are brought by `kinds`: here, or in a config file, `export default { kinds: [focal, attentionFocal] }`.
const log = join(await mkdtemp(join(tmpdir(), 'slatewise-')), 'events.jsonl');
await writeSimulation(simulate({ ...simulationDefaults, impressions: 1000, users: 150, items: 60 }), { log });
await using model = await train(log, { recipe: 'attention-focal', kinds: [focal, attentionFocal] });
const { rocAuc } = model.report.validation;
console.log(`${model.report.recipe}: epoch ${model.report.epochs.kept}, ROC AUC ${rocAuc.toFixed(3)} on validation`);
if (!(rocAuc > 0.55)) throw new Error('the focal loss should have learned something');
