/** What the simulated market itself says of requests and slates: the judge that no generator sees. */

import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { GenerationTask, SlateValue } from '../../generate/generator.ts';
import { bestKnown } from '../../generate/generators/long-search.ts';
import { type Objective, objectiveNamed } from '../../generate/request/objective.ts';
import { slateValueOf } from '../../generate/request/slate-value.ts';
import { compileRules } from '../../generate/rules/compile-rules.ts';
import { createSearchLimit, LONG_SEARCH_BOUND } from '../../generate/search-limit.ts';
import { createRng } from '../../random/rng.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { type TrueMarket, trueMarket } from '../../simulator/true-market.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { Fields } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { requestName } from '../../slate/request-name.ts';
import { readSimulation } from '../recipes/truth.ts';
import type { TrialOptions } from './generator-trial.ts';

type TruthOptions = Pick<TrialOptions, 'size' | 'seed' | 'reporter' | 'signal'>;

/** The best slate by the truth itself, found by exhaustive or long search: the row that nothing can beat but by luck of that search. */
export const BEST_BY_TRUTH = 'best by the truth';

/** The market that a truth file is of. */
export async function marketOf(truth: string): Promise<TrueMarket> {
  const simulation = await readSimulation(truth);
  if (simulation) return trueMarket(simulation);
  throw new InputError(
    `--truth ${truth}: expected a truth file whose first line says how the market was made, found none there, as in older files and those of the drinks; simulate the log again`,
    'file-damaged',
  );
}

/** The market's items must be as the model knows them. */
export function refuseOtherMarket(market: TrueMarket, { memory, card }: StoredModel, truth: string): void {
  const known = new Map(Array.from(memory.items.entries(), ([, id, fields]) => [id, fields]));
  // As a log writes them: its JSON knows no -0.
  const written = (fields: Fields = {}): unknown => JSON.parse(JSON.stringify(fields));
  const other = market.items.find(({ id, fields }) => !isDeepStrictEqual(written(known.get(id)), written(fields)));
  if (other === undefined) return;
  const [found, expected] = [known.get(other.id) ?? 'nothing', other.fields].map((each) => JSON.stringify(each));
  throw new InputError(
    `--truth ${truth}: expected the market that the model (${card.recipe}) was trained on, found another: item ${other.id} is ${expected} there, the model knows ${found}; give the truth file written beside its log`,
    'other-dataset',
  );
}

/** What a slate is worth by the true click probabilities. */
export interface TrueWorth {
  readonly clicks: number;
  /** By the objective. */
  readonly value: number;
}

/** The truth, asked about slates of requests for one objective. */
export interface TrueJudge {
  /** The objective in words. */
  readonly label: string;
  worth(request: RankingEvent, items: readonly { readonly item: string }[]): TrueWorth;
  /** What a generator would be given if the market told. */
  valueFor(request: RankingEvent): SlateValue;
}

/** Throws `InputError` for an objective that is not valid. A value field is looked up in the market's items: `worth` and `valueFor` throw where one has no number there. */
export function trueJudge(market: TrueMarket, objective: string): TrueJudge {
  const itemsById = new Map(market.items.map((item) => [item.id, item]));
  const objectiveFor = ({ id, items }: RankingEvent): Objective =>
    objectiveNamed(objective, {
      candidates: items.map((item) => ({ id: item.id, fields: itemsById.get(item.id)?.fields ?? {} })),
      where: requestName(id),
    });
  return {
    label: objectiveNamed(objective, { candidates: [] }).label,
    worth(request, items) {
      const indexOf = new Map(request.items.map(({ id }, index) => [id, index]));
      const ids = items.map(({ item }) => item);
      const probabilitiesK = market.probabilities(request.user, ids);
      const anyClick = (): number => 1 - probabilitiesK.reduce((none, probability) => none * (1 - probability), 1);
      const candidatesK = ids.map((id) => indexOf.get(id) as number);
      return {
        clicks: sum(probabilitiesK),
        value: objectiveFor(request).value({ candidatesK, probabilitiesK, anyClick }),
      };
    },
    valueFor(request) {
      const ids = request.items.map(({ id }) => id);
      return slateValueOf({ score: market.scorePlaces(request.user, ids) }, objectiveFor(request));
    },
  };
}

/** The worth of each request's best slate. */
export async function bestsByTruth(
  judge: TrueJudge,
  asked: readonly RankingEvent[],
  options: TruthOptions,
): Promise<readonly TrueWorth[]> {
  const best: TrueWorth[] = [];
  for (const request of asked) {
    // The truth is asked without waiting for anything: let Ctrl-C through.
    await setImmediate();
    options.signal?.throwIfAborted();
    best.push(await bestByTruth(judge, request, options));
    options.reporter.progress({ task: BEST_BY_TRUTH, done: best.length, total: asked.length, unit: 'requests' });
  }
  options.reporter.done(BEST_BY_TRUTH);
  return best;
}

async function bestByTruth(judge: TrueJudge, request: RankingEvent, options: TruthOptions): Promise<TrueWorth> {
  const size = Math.min(options.size, request.items.length);
  const candidates = request.items;
  const task: GenerationTask = {
    request,
    size,
    value: judge.valueFor(request),
    rules: compileRules({}, { candidates, size, where: requestName(request.id) }),
    count: 1,
    rng: createRng(options.seed).split('best by the truth').split(request.id),
    limit: createSearchLimit({ bound: LONG_SEARCH_BOUND }),
  };
  const { slate } = await bestKnown(task, { limit: 20_000 });
  return judge.worth(
    request,
    Array.from(slate.places, (candidate) => ({ item: candidates[candidate].id })),
  );
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
