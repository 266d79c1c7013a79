/** What the simulated market itself says of requests and slates: the judge that no generator sees. */
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type TrueMarket, trueMarket } from '../data/simulator/true-market.ts';
import type { GenerationTask, SlateValue } from '../generate/generator.ts';
import { bestKnown } from '../generate/long-search.ts';
import { objectiveNamed } from '../generate/objective.ts';
import { compileRules } from '../generate/rules/compile-rules.ts';
import { slateValueOf } from '../generate/slate-value.ts';
import { createRng } from '../random/rng.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import type { RankingEvent } from '../slate/events.ts';
import type { Fields } from '../slate/fields.ts';
import { InputError } from '../slate/input-error.ts';
import type { TrialOptions } from './generator-trial.ts';
import { readSimulation } from './truth.ts';

type TruthOptions = Pick<TrialOptions, 'size' | 'seed' | 'reporter' | 'signal'>;

/** The best slate by the truth itself, found by exhaustive or long search: the row that nothing can beat but by luck of that search. */
export const BEST_BY_TRUTH = 'best by the truth';

/** The market that a truth file is of. */
export async function marketOf(truth: string): Promise<TrueMarket> {
  const simulation = await readSimulation(truth);
  if (simulation) return trueMarket(simulation);
  throw new InputError(
    `--truth ${truth}: expected a truth file whose first line says how the market was made, found none there, as in older files and those of the drinks; simulate the log again`,
  );
}

/** The market's items must be as the model knows them. */
export function refuseOtherMarket(market: TrueMarket, { replay, card }: StoredModel, truth: string): void {
  const known = new Map(replay.table.entries());
  // As a log writes them: its JSON knows no -0.
  const written = (fields: Fields = {}): unknown => JSON.parse(JSON.stringify(fields));
  const other = market.items.find(({ id, fields }) => !isDeepStrictEqual(written(known.get(id)), written(fields)));
  if (other === undefined) return;
  const [found, expected] = [known.get(other.id) ?? 'nothing', other.fields].map((each) => JSON.stringify(each));
  throw new InputError(
    `--truth ${truth}: expected the market that the model (${card.recipe}) was trained on, found another: item ${other.id} is ${expected} there, the model knows ${found}; give the truth file written beside its log`,
  );
}

/** Expected clicks of a slate. */
export const trueClicks = (
  market: TrueMarket,
  { user }: RankingEvent,
  items: readonly { readonly item: string }[],
): number =>
  sum(
    market.probabilities(
      user,
      items.map(({ item }) => item),
    ),
  );

/** The truth as a value of slates: what a generator would be given if the market told. */
const truthValue = (market: TrueMarket, { user, items }: RankingEvent): SlateValue =>
  slateValueOf(
    {
      score: market.scorePlaces(
        user,
        items.map(({ id }) => id),
      ),
    },
    objectiveNamed('clicks', { candidates: items }),
  );

/** Expected clicks of each request's best slate. */
export async function bestsByTruth(
  market: TrueMarket,
  asked: readonly RankingEvent[],
  options: TruthOptions,
): Promise<readonly number[]> {
  const best: number[] = [];
  for (const request of asked) {
    // The truth is asked without waiting for anything: let Ctrl-C through.
    await setImmediate();
    options.signal?.throwIfAborted();
    best.push(await bestByTruth(market, request, options));
    options.reporter.progress({ task: BEST_BY_TRUTH, done: best.length, total: asked.length, unit: 'requests' });
  }
  options.reporter.done(BEST_BY_TRUTH);
  return best;
}

async function bestByTruth(market: TrueMarket, request: RankingEvent, options: TruthOptions): Promise<number> {
  const size = Math.min(options.size, request.items.length);
  const candidates = request.items;
  const task: GenerationTask = {
    request,
    size,
    value: truthValue(market, request),
    rules: compileRules({}, { candidates, size, where: `request ${request.id}` }),
    count: 1,
    rng: createRng(options.seed).split('best by the truth').split(request.id),
  };
  const { slate } = await bestKnown(task, { limit: 20_000 });
  return slate.value;
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
