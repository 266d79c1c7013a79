/**
 * How right is a model about slates of which a part is hidden? `npx tsx bench/partial.ts <model folders> --truth truth.jsonl.gz [--lists 1000] [--size 10]`
 *
 * Lists as the simulated log shows them, but none of its own; a partial copy of each. What the shown items have in the whole list is the truth; log loss is the mean
 * cross-entropy of the model's probabilities to it (its least is the truth's own entropy, given the hidden items, which nobody knows).
 */

import { parseArgs } from 'node:util';
import { simulate, trueMarket } from '../src/data.ts';
import { createInMemorySlates } from '../src/datasets/slate-source/in-memory-slates.ts';
import { partialCopies } from '../src/datasets/walk/partial-copies.ts';
import { normaliseSlates } from '../src/encoding/columns/fitted-features.ts';
import { readSimulation } from '../src/evaluate.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import type { Impression } from '../src/slate/impression.ts';
import { loadModel, type StoredModel } from '../src/steps.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    truth: { type: 'string', default: 'truth.jsonl.gz' },
    lists: { type: 'string', default: '1000' },
    size: { type: 'string', default: '10' },
  },
});
const simulation = await readSimulation(options.truth);
if (!simulation) throw new Error(`${options.truth}: its first line does not say what was simulated`);

interface Asked {
  readonly impression: Impression;
  readonly hidden: number;
  /** Of the items shown, in the whole list. */
  readonly truthK: readonly number[];
}

const market = trueMarket(simulation);
const [whole, partial]: [Asked[], Asked[]] = [[], []];
for (const row of simulate({ ...simulation, impressions: Number(options.lists), slateSize: Number(options.size) })) {
  if (!('event' in row) || row.event.event !== 'ranking') continue;
  const ranking = row.event;
  const ids = ranking.items.map(({ id }) => id);
  const truthK = market.probabilities(ranking.user, ids);
  const truthOf = new Map(ids.map((id, k) => [id, truthK[k]]));
  const impression = { ranking, clickTimesK: new Float64Array(ids.length).fill(-1) };
  whole.push({ impression, hidden: 0, truthK: [...truthK] });
  for (const copy of partialCopies(impression, { list: whole.length, count: 1 }))
    partial.push({ ...copy, truthK: copy.impression.ranking.items.map(({ id }) => truthOf.get(id) ?? Number.NaN) });
}

for (const folder of positionals) {
  const stored = await loadModel(folder);
  const losses = [await lossOf(stored, whole), await lossOf(stored, partial)].map((loss) => loss.toFixed(4));
  process.stdout.write(`${folder}: log loss of whole lists ${losses[0]}, of partial ones ${losses[1]}\n`);
}

async function lossOf(
  { model, encoder, memory, features, card }: StoredModel,
  asked: readonly Asked[],
): Promise<number> {
  const requests = asked.map(({ impression: { ranking } }) => ({ ...ranking, time: card.knownUntil + 1 }));
  const restB = Int32Array.from(asked, ({ hidden }) => hidden);
  const slates = createInMemorySlates({ ...normaliseSlates(encoder.encode(requests, memory), features), restB });
  const pool = await createScoringPool(model, 1);
  const { logits } = await predict(pool, model.tables, { slates, indices: Int32Array.from(asked.keys()) });
  await pool.close();
  const truths = asked.flatMap(({ truthK }) => truthK);
  const losses = truths.map(
    (truth, slot) => Math.log1p(Math.exp(-Math.abs(logits[slot]))) + Math.max(logits[slot], 0) - truth * logits[slot],
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
