/** Legend: K places. */

import { createSlateGenerator } from '../../generate/request/slate-generator.ts';
import { onPage } from '../../generate/request/slate-value.ts';
import { ITEM_RATE, LOGGED_ORDER, RANDOM_ORDER } from '../../measure/baselines.ts';
import {
  type ChosenSlate,
  chosenMeasures,
  loggedChoice,
  measureChoices,
  type Propensities,
} from '../../measure/chosen-slates.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import { type MeasuredSystem, measureSystems } from '../../measure/measured-systems.ts';
import { offPolicyRow } from '../../measure/off-policy-row.ts';
import { overallRate, smoothedRate } from '../../memory/rates.ts';
import { createRng } from '../../random/rng.ts';
import type { CandidateScorer } from '../../scoring/candidate-scorer.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';
import type { RankedItem, RankingEvent } from '../../slate/events.ts';
import { type Impression, labelsOf } from '../../slate/impression.ts';
import { versionsLine } from '../version.ts';
import { LEVEL, objectiveText, RESAMPLES, type TrialOptions } from './generator-trial.ts';

export interface LogTrial {
  /** Lets every generator choose from one logged list; what they may know is in the memories. */
  judge(impression: Impression): Promise<void>;
  report(data: string): GeneratorReport;
  close(): Promise<void>;
}

/** Beside the generators: the first K as logged, K at random, and the K items with the best smoothed click rate. */
export async function createLogTrial(
  maker: StoredModel,
  options: TrialOptions & { readonly judge?: CandidateScorer },
): Promise<LogTrial> {
  const { size, objective, seed, workers, judge, assume } = options;
  const makers = await Promise.all(
    options.generators.map(async ({ name, generator }) => ({
      name,
      made: await createSlateGenerator(maker, { generator, objective, size, seed, workers, page: 'candidates' }),
    })),
  );
  const chosen = new Map<string, ChosenSlate[]>();
  const judged = new Map<string, number[]>();
  const users = new Map<string, number>();
  const userL: number[] = [];
  const propensitiesL: (readonly (Propensities | undefined)[])[] = [];

  return {
    async judge(impression) {
      const { ranking } = impression;
      const labels = labelsOf(impression);
      const order = drawnOrder(ranking, seed);
      const asked = { ...ranking, items: Array.from(order, (at) => withoutPlace(ranking.items[at])) };
      const rows = new Map(referenceChoices(ranking, { maker, size, seed, order }));
      for (const { name, made } of makers) rows.set(name, indicesOf(ranking, (await made.generate(asked)).items));
      for (const [name, chosenK] of rows) append(chosen, name, { chosenK, labels });
      if (judge) {
        const page = onPage(judge.open(ranking), ranking.items.length);
        const { logits, offsets } = await page.score([...rows.values()]);
        for (const [at, name] of [...rows.keys()].entries())
          append(judged, name, sumOfProbabilities(logits.subarray(offsets[at], offsets[at + 1])));
      }
      const user = ranking.user === '' ? `list ${ranking.id}` : `user ${ranking.user}`;
      if (!users.has(user)) users.set(user, users.size);
      userL.push(users.get(user) as number);
      propensitiesL.push(ranking.items.map(propensitiesOf));
    },
    report(data) {
      const systems = [...chosen].map(([name, slates]): MeasuredSystem => {
        const { valuesL } = measureChoices(name, slates);
        const values = judged.get(name);
        return { name, valuesL: values ? { ...valuesL, judged: Float64Array.from(values) } : valuesL };
      });
      const measures = judge ? [...chosenMeasures, judgedMeasure] : chosenMeasures;
      const shared = { userL: Int32Array.from(userL), resamples: RESAMPLES, level: LEVEL, seed };
      const offPolicy = [...chosen].flatMap(([name, slates]) => {
        // It repeats what chance drew, which is no policy: weights of inverse propensities would count every list as a rare match.
        if (name === LOGGED_ORDER) return [];
        const known = slates.flatMap((slate, at) => {
          const list = loggedChoice(slate, propensitiesL[at]);
          return list ? [{ list, user: userL[at] }] : [];
        });
        if (known.length === 0) return [];
        const lists = known.map(({ list }) => list);
        return [offPolicyRow(name, lists, { ...shared, assume, userL: known.map(({ user }) => user) })];
      });
      return {
        title: `Choosing ${size} of the shown, ${userL.length} lists of ${users.size} users`,
        measures,
        baseline: ITEM_RATE,
        rows: measureSystems(systems, { measures, baseline: ITEM_RATE, ...shared }),
        offPolicy,
        assume: assume ?? null,
        protocol: protocolOf(data, { ...options, propensities: Math.max(0, ...offPolicy.map(({ lists }) => lists)) }),
      };
    },
    close: async () => void (await Promise.all(makers.map(({ made }) => made.close()))),
  };
}

const judgedMeasure = { id: 'judged', label: 'expected clicks by the judge', digits: 3 };

/**
 * The items of a list in an order by its id and theirs alone. Generators get them so, and ties of rates go by it: a policy that read the logged order, be it to break ties,
 * would look as if it had been logged more often than chance lets it.
 */
function drawnOrder({ id, items }: RankingEvent, seed: number): Int32Array {
  const rng = createRng(seed).split('order of candidates').split(id);
  const draws = items.map((item) => rng.split(item.id).next());
  return Int32Array.from(items.keys()).sort((a, b) => draws[a] - draws[b] || (items[a].id < items[b].id ? -1 : 1));
}

/** Where it was shown is no business of a policy. */
const withoutPlace = ({ position: _, row: __, col: ___, ...item }: RankedItem): RankedItem => item;

function referenceChoices(
  { id, time, items }: RankingEvent,
  { maker, size, seed, order }: { maker: StoredModel; size: number; seed: number; order: Int32Array },
): readonly (readonly [string, Int32Array])[] {
  const { state, items: known } = maker.memory.asOf(time);
  const K = Math.min(size, items.length);
  const all = Int32Array.from(items.keys());
  const overall = overallRate(state);
  const rates = items.map((item) => smoothedRate(state.items.get(known.indexOf(item.id) ?? -1), overall));
  const rng = createRng(seed).split('random order').split(id);
  return [
    [RANDOM_ORDER, rng.shuffle(all.slice()).slice(0, K)],
    [LOGGED_ORDER, all.slice(0, K)],
    // Sorting is stable: ties stay in the drawn order.
    [ITEM_RATE, order.toSorted((a, b) => rates[b] - rates[a]).slice(0, K)],
  ];
}

function indicesOf({ items }: RankingEvent, placed: readonly { readonly item: string }[]): Int32Array {
  const places = new Map(items.map(({ id }, at) => [id, at]));
  return Int32Array.from(placed, ({ item }) => places.get(item) as number);
}

function propensitiesOf({ propensity, placePropensity }: RankedItem): Propensities | undefined {
  if (propensity === undefined) return undefined;
  return { propensity, ...(placePropensity === undefined ? {} : { placePropensity }) };
}

function append<T>(lists: Map<string, T[]>, name: string, value: T): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}

function sumOfProbabilities(logits: Float32Array): number {
  return logits.reduce((sum, logit) => sum + sigmoid(logit), 0);
}

function protocolOf(
  data: string,
  options: TrialOptions & { readonly judge?: unknown; readonly propensities: number },
): GeneratorReport['protocol'] {
  const { size, seed, command, judge, propensities } = options;
  return [
    { name: 'data', text: data },
    {
      name: 'slates',
      text: `${size} of the items of each logged list, which come in an order drawn anew, not in the logged one, ${objectiveText(options)}; each list sees only what came before it`,
    },
    {
      name: 'clicks',
      text: 'as logged, so made in the company of the logged list, not of the chosen slate',
    },
    {
      name: 'judge',
      text: judge
        ? 'a scorer trained on other users, which made none of the slates'
        : 'none: no scorer values the slates',
    },
    ...(propensities > 0
      ? [
          {
            name: 'propensities',
            text: `as logged, given those above and the set of items shown, on ${propensities} lists; SIPS, IIPS, RIPS and their self-normalised forms (SN...); none for the ${LOGGED_ORDER}, which is what the log drew`,
          },
        ]
      : []),
    {
      name: 'intervals',
      text: `${100 * LEVEL} %, percentile bootstrap over users, ${RESAMPLES} resamples, seed ${seed}; one training a model, whose luck they do not cover; baseline ${ITEM_RATE}`,
    },
    { name: 'command', text: command },
    { name: 'versions', text: versionsLine() },
  ];
}
