/**
 * Is what a model says of influence true? `npx tsx bench/influence.ts <model folder> --truth truth.jsonl.gz [--slates 200] [--size 6] [--rest 0]`
 *
 * Slates as the simulated log shows them, but none of its own; each item left out in turn, by the model and by the truth. Correlations over all ordered pairs of items
 * with a true effect (`--least` logits or more). `--rest 1`: the model is told of the item left out as one that is not known yet.
 */

import { parseArgs } from 'node:util';
import { type RankingEvent, simulate, trueMarket } from '../src/data.ts';
import { createInMemorySlates } from '../src/datasets/slate-source/in-memory-slates.ts';
import { normaliseSlates } from '../src/encoding/columns/fitted-features.ts';
import { readSimulation } from '../src/evaluate.ts';
import { correlation } from '../src/metrics/correlation.ts';
import { influence, type ScoreSlates } from '../src/scoring/influence.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { EMPTY } from '../src/slate/places.ts';
import { loadModel, type StoredModel } from '../src/steps.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    truth: { type: 'string', default: 'truth.jsonl.gz' },
    slates: { type: 'string', default: '200' },
    size: { type: 'string', default: '6' },
    rest: { type: 'string', default: '0' },
    least: { type: 'string', default: '0.01' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('give a model folder');
const simulation = await readSimulation(options.truth);
if (!simulation) throw new Error(`${options.truth}: its first line does not say what was simulated`);

const stored = await loadModel(folder);
const pool = await createScoringPool(stored.model, 1);
const market = trueMarket(simulation);
const pairs: { readonly logit: Pair; readonly probability: Pair }[] = [];
interface Pair {
  readonly model: number;
  readonly truth: number;
}

for (const row of simulate({ ...simulation, impressions: Number(options.slates), slateSize: Number(options.size) })) {
  if (!('event' in row) || row.event.event !== 'ranking') continue;
  const ranking = row.event;
  const places = Int32Array.from(ranking.items.keys());
  const candidates = ranking.items.map(({ id }) => id);
  const model = await influence(places, askModel(stored, ranking));
  const truth = await influence(places, market.scorePlaces(ranking.user, candidates));
  for (const j of places) {
    for (const i of places) {
      if (i === j) continue;
      pairs.push({
        logit: { model: model.logitInfluenceKK[j][i], truth: truth.logitInfluenceKK[j][i] },
        probability: { model: model.influenceKK[j][i], truth: truth.influenceKK[j][i] },
      });
    }
  }
}
await pool.close();

const affected = pairs.filter(({ logit }) => Math.abs(logit.truth) >= Number(options.least));
print('pairs with a true effect', affected);
print('all pairs', pairs);

function print(name: string, of: typeof pairs): void {
  const numbers = (['logit', 'probability'] as const).map((scale) => {
    const [model, truth] = [of.map((pair) => pair[scale].model), of.map((pair) => pair[scale].truth)];
    const slope = (correlation(model, truth) * deviation(model)) / deviation(truth);
    return `${scale}: Pearson ${correlation(model, truth).toFixed(3)}, slope on truth ${slope.toFixed(2)}`;
  });
  process.stdout.write(`${name} (${of.length}): ${numbers.join('; ')}\n`);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function askModel({ encoder, memory, features, model, card }: StoredModel, ranking: RankingEvent): ScoreSlates {
  return async (slates) => {
    const requests: RankingEvent[] = [];
    const hidden: number[] = [];
    for (const places of slates) {
      const items = [...places.keys()]
        .filter((position) => places[position] !== EMPTY)
        .map((position) => ({ ...ranking.items[places[position]], position }));
      requests.push({ ...ranking, time: card.knownUntil + 1, items });
      hidden.push(Number(options.rest) > 0 ? places.length - items.length : 0);
    }
    const encoded = { ...normaliseSlates(encoder.encode(requests, memory), features), restB: Int32Array.from(hidden) };
    const { slateLogits, ...scored } = await predict(pool, model.tables, {
      slates: createInMemorySlates(encoded),
      indices: Int32Array.from(slates.keys()),
    });
    return { ...scored, slateLogitOf: (slate) => slateLogits[slate] };
  };
}
