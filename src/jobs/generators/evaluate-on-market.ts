/** How good the slates of generators are where the truth is known: on the simulator. Legend: N candidates, K places. */

import type { Generator } from '../../generate/generator.ts';
import { generatorNamed } from '../../generate/generators.ts';
import { createSlateGenerator, type SlateGeneratorOptions } from '../../generate/request/slate-generator.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import { type Measure, type MeasuredSystem, measureSystems } from '../../measure/measured-systems.ts';
import { createRng } from '../../random/rng.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { TrueMarket } from '../../simulator/true-market.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { versionsLine } from '../version.ts';
import { LEVEL, learnedText, RESAMPLES, type TrialGenerator, type TrialOptions } from './generator-trial.ts';
import { BEST_BY_TRUTH, bestsByTruth, marketOf, refuseOtherMarket, trueJudge } from './market-truth.ts';

export interface MarketTrialOptions extends TrialOptions {
  /** The truth file of the simulation that the model was trained on: its first line says how the market was made. */
  readonly truth: string;
  /** N, drawn at random for each request. */
  readonly candidates: number;
  readonly requests: number;
  /** Also measures each slate's value by the scorer against the best that is known by the same scorer. */
  readonly gap: boolean;
  /** Another model with a generator: the baseline. */
  readonly against?: TrialGenerator & { readonly stored: StoredModel };
}

/** Regret is of the objective; where that is not clicks, its true value has a column of its own. */
function measuresOf({ objective, gap }: MarketTrialOptions, label: string): readonly Measure[] {
  return [
    { id: 'clicks', label: 'true expected clicks', digits: 4 },
    ...(objective === 'clicks' ? [] : [{ id: 'value', label: `${label} by the truth`, digits: 4 }]),
    { id: 'regret', label: `regret, % of the best${objective === 'clicks' ? '' : ' value'}`, digits: 2 },
    { id: 'milliseconds', label: 'ms a request', digits: 2 },
    ...(gap ? [{ id: 'ofScorer', label: "% of the scorer's best", digits: 3 }] : []),
  ];
}

/** Users drawn from the market ask for K of N random items; each generator's slate is worth what the objective makes of its true click probabilities. */
export async function evaluateOnMarket(stored: StoredModel, options: MarketTrialOptions): Promise<GeneratorReport> {
  const { seed, requests, against, reporter } = options;
  const market = await marketOf(options.truth);
  const judge = trueJudge(market, options.objective);
  const taught = options.generators.flatMap((each) => each.taught?.scorer ?? []);
  for (const each of [stored, ...(against ? [against.stored] : []), ...taught])
    refuseOtherMarket(market, each, options.truth);
  const asked = drawRequests(market, { ...options, time: stored.card.knownUntil + 1 });
  const makers = [
    ...(against ? [{ ...against, model: against.stored }] : []),
    ...options.generators.map((each) => ({ model: stored, ...each })),
  ];
  const systems: MeasuredSystem[] = [];
  // A generator that cannot do this size says so before the long search.
  for (const { generator, model } of makers) await tryOnce(model, asked[0], makerOptions(options, generator));
  const best = await bestsByTruth(judge, asked, options);
  const bestOfScorer = options.gap ? await bestByScorer(stored, asked, options) : undefined;
  for (const { name, generator, model } of makers) {
    const maker = await createSlateGenerator(model, makerOptions(options, generator));
    const clicksL = new Float64Array(requests);
    const valueL = new Float64Array(requests);
    const millisecondsL = new Float64Array(requests);
    const ofScorerL = new Float64Array(requests).fill(Number.NaN);
    try {
      // What is compiled at the first request belongs to no request.
      await maker.generate(asked[0]);
      for (const [at, request] of asked.entries()) {
        options.signal?.throwIfAborted();
        const start = performance.now();
        const { items, value } = await maker.generate(request);
        millisecondsL[at] = performance.now() - start;
        if (bestOfScorer && model === stored) ofScorerL[at] = shareOf(bestOfScorer[at], value);
        ({ clicks: clicksL[at], value: valueL[at] } = judge.worth(request, items));
        reporter.progress({ task: name, done: at + 1, total: requests, unit: 'requests' });
      }
    } finally {
      await maker.close();
    }
    reporter.done(name);
    const regretL = valueL.map((value, at) => regretOf(best[at].value, value));
    const valuesL = {
      clicks: clicksL,
      value: valueL,
      regret: regretL,
      milliseconds: millisecondsL,
      ofScorer: ofScorerL,
    };
    systems.push({ name, valuesL });
  }
  const none = new Float64Array(requests).fill(Number.NaN);
  systems.push({
    name: BEST_BY_TRUTH,
    valuesL: {
      clicks: Float64Array.from(best, ({ clicks }) => clicks),
      value: Float64Array.from(best, ({ value }) => value),
      regret: Float64Array.from(best, ({ value }) => regretOf(value, value)),
      milliseconds: none,
      ofScorer: none,
    },
  });
  const measures = measuresOf(options, judge.label);
  const baseline = systems[0].name;
  return {
    title: `${options.size} of ${options.candidates}, ${requests} requests, ${judge.label} by the simulator's truth`,
    measures,
    baseline,
    // Every request is a draw of its own, whoever asks.
    rows: measureSystems(systems, {
      measures,
      baseline,
      userL: Int32Array.from(asked.keys()),
      resamples: RESAMPLES,
      level: LEVEL,
      seed,
    }),
    offPolicy: [],
    assume: null,
    protocol: protocolOf(options, { baseline, label: judge.label }),
  };
}

/** What a value misses of the best one, in percent; NaN where the best is worth nothing. */
const regretOf = (best: number, value: number): number =>
  best === 0 ? Number.NaN : (100 * (best - value)) / Math.abs(best);

/** A value in percent of the best one; NaN where that is worth nothing or less. */
const shareOf = (best: number, value: number): number => (best > 0 ? (100 * value) / best : Number.NaN);

/** What a trial says of how slates are made. */
const makerOptions = (
  { size, objective, seed, workers, signal }: MarketTrialOptions,
  generator: Generator,
): SlateGeneratorOptions & Pick<MarketTrialOptions, 'signal'> => ({
  ...{ generator, size, objective, seed, workers },
  ...(signal ? { signal } : {}),
});

async function tryOnce(
  model: StoredModel,
  request: RankingEvent,
  options: Parameters<typeof createSlateGenerator>[1],
): Promise<void> {
  const maker = await createSlateGenerator(model, options);
  await maker.generate(request).finally(() => maker.close());
}

/** Of users drawn from the market, with candidates drawn from its items, a millisecond apart. */
export function drawRequests(
  market: TrueMarket,
  {
    seed,
    requests,
    candidates,
    time,
  }: Pick<MarketTrialOptions, 'seed' | 'requests' | 'candidates'> & { readonly time: number },
): readonly RankingEvent[] {
  if (candidates > market.items.length)
    throw new InputError(
      `--candidates: expected at most the ${market.items.length} items of the market, found ${candidates}; ask for fewer`,
      'invalid-option',
    );
  const rng = createRng(seed).split('market requests');
  return Array.from({ length: requests }, (_, at) => {
    const draw = rng.split(at);
    const user = market.users[draw.integer(market.users.length)];
    const items = draw.shuffle([...market.items]).slice(0, candidates);
    return {
      event: 'ranking',
      id: `q${at + 1}`,
      time: time + at,
      user: user.id,
      fields: {},
      items: items.map(({ id }) => ({ id, fields: {} })),
    };
  });
}

/** The value of the best slate known by the scorer itself: exhaustive where there are few, else a long search. */
async function bestByScorer(
  stored: StoredModel,
  asked: readonly RankingEvent[],
  options: MarketTrialOptions,
): Promise<Float64Array> {
  const maker = await createSlateGenerator(stored, {
    ...makerOptions(options, generatorNamed('beam')),
    best: 'search',
  });
  const best = new Float64Array(asked.length);
  try {
    for (const [at, request] of asked.entries()) {
      options.signal?.throwIfAborted();
      best[at] = (await maker.generate(request)).best?.value ?? Number.NaN;
      options.reporter.progress({ task: 'best by the scorer', done: at + 1, total: asked.length, unit: 'requests' });
    }
  } finally {
    await maker.close();
  }
  options.reporter.done('best by the scorer');
  return best;
}

function protocolOf(
  options: MarketTrialOptions,
  { baseline, label }: { readonly baseline: string; readonly label: string },
): GeneratorReport['protocol'] {
  const { truth, size, candidates, requests, seed, command, workers } = options;
  return [
    {
      name: 'truth',
      text: `${truth}: the market that was simulated; a slate is worth ${label} by the true click probabilities`,
    },
    {
      name: 'requests',
      text: `${requests}, each of a user drawn at random for ${size} of ${candidates} items drawn at random, seed ${seed}`,
    },
    { name: 'objective', text: `${learnedText(options)} by the scorer; no generator sees the truth` },
    {
      name: 'best',
      text: `${BEST_BY_TRUTH}: all slates where they are few, else a long search (wide beam, then swaps from many starts) on the truth`,
    },
    { name: 'time', text: `mean wall time, one request at a time, ${workers} ${workers === 1 ? 'thread' : 'threads'}` },
    {
      name: 'intervals',
      text: `${100 * LEVEL} %, percentile bootstrap over requests, ${RESAMPLES} resamples, seed ${seed}; one training a model, whose luck they do not cover; baseline ${baseline}`,
    },
    { name: 'command', text: command },
    { name: 'versions', text: versionsLine() },
  ];
}
