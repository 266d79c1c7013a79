/**
 * Do the intervals of `slatewise evaluate <model> <journal>` hold the truth? A model that never saw it makes slates on a simulated market; policies explore; 200 journals each are
 * drawn, and judged. The truth is what the market itself says of the slates.
 *
 *     npx slatewise simulate --impressions 2000 --seed 7 --out sim.jsonl.gz --truth truth.jsonl.gz
 *     npx slatewise train sim.jsonl.gz --recipe attention-bce --out models/a
 *     npx tsx bench/off-policy.ts models/a truth.jsonl.gz
 *
 * Candidates and slates are few, so that of each request the probability of every slate is known: then a journal is drawn in no time. Legend: L lists, K places.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { GenerationTask } from '../src/generate/generator.ts';
import { generatorNamed } from '../src/generate/generators.ts';
import { readExplore } from '../src/generate/policies/policies.ts';
import { everyDraw } from '../src/generate/policies/policy.ts';
import { objectiveNamed } from '../src/generate/request/objective.ts';
import { scorePlaces, slateValueOf } from '../src/generate/request/slate-value.ts';
import { compileRules } from '../src/generate/rules/compile-rules.ts';
import { RESAMPLES as RESAMPLED } from '../src/jobs/generators/generator-trial.ts';
import { marketOf } from '../src/jobs/generators/market-truth.ts';
import type { Interval } from '../src/measure/bootstrap.ts';
import { journalRow } from '../src/measure/journal-report.ts';
import { type LoggedChoice, offPolicyNames } from '../src/measure/off-policy.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import { createCandidateScorer, type OpenRequest } from '../src/scoring/candidate-scorer.ts';
import { loadModel } from '../src/scoring/model-folder.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import type { Places } from '../src/slate/places.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { journals: { type: 'string', default: '200' }, resamples: { type: 'string', default: String(RESAMPLED) } },
});
const [folder, truth] = positionals;
if (truth === undefined) throw new Error('give a model folder and the truth file of its market');
const JOURNALS = Number(values.journals);
const RESAMPLES = Number(values.resamples);
const [USERS, EACH, CANDIDATES, K] = [150, 3, 5, 2];
/** In `company` items change each other's clicks, as on the market; `alone` an item's click depends on itself and its place only, as IIPS, RIPS and CDR assume. */
type World = 'company' | 'alone';
const EXPLORED = [
  { explore: { policy: 'epsilon', epsilon: 1 }, lists: 501 },
  { explore: { policy: 'epsilon', epsilon: 1 }, lists: 1500 },
  { explore: { policy: 'plackett-luce', temperature: 0.2 }, lists: 501 },
  { explore: { policy: 'plackett-luce', temperature: 0.2 }, lists: 1500 },
];
const CASES = EXPLORED.flatMap((each) => (['company', 'alone'] as const).map((world) => ({ ...each, world })));

/** One request: the slates that a policy may draw, each with what an estimate needs, and the truth of it. */
interface Context {
  readonly user: number;
  readonly chances: readonly number[];
  readonly slates: readonly { readonly choice: Omit<LoggedChoice, 'clicksK'>; readonly truthK: Float64Array }[];
  /** True clicks on the judged generator's slate. */
  readonly truth: number;
  /** The same of what the policy draws, on average. */
  readonly drawn: number;
}

const started = new Date();
const machine = thisMachine();
const stored = await loadModel(folder);
const market = await marketOf(truth);
const scorer = await createCandidateScorer(stored, { workers: 1 });
const logging = generatorNamed('top');
const judged = generatorNamed('exhaustive');

async function contextOf(
  user: number,
  rng: Rng,
  { explore, world }: { explore: unknown; world: World },
): Promise<Context> {
  const all = rng.shuffle(market.items.map(({ id }) => id)).slice(0, CANDIDATES);
  const userId = market.users[user].id;
  const request: RankingEvent = {
    ...{ event: 'ranking', id: `r${user}`, time: stored.memory.clock + 1, user: userId, fields: {} },
    items: all.map((id) => ({ id, fields: {} })),
  };
  const open = scorer.open(request);
  const task = taskOf(request, open);
  const [target] = await judged.generate(task);
  const policy = await readExplore(explore, 'explore')
    .policy(logging.name)
    .open({ ...task, best: async () => (await logging.generate(task))[0] });
  const drawn: { places: Places; chance: number }[] = [];
  for await (const { places, logPropensity } of everyDraw(policy.begin))
    drawn.push({ places, chance: Math.exp(logPropensity) });
  const [{ probabilitiesK }] = await scorePlaces(open, [target.places]);
  const belowK = Array.from(probabilitiesK, (_, k) =>
    Array.from(probabilitiesK)
      .slice(k)
      .reduce((a, b) => a + b, 0),
  );
  const truthOf = (places: Places): Float64Array =>
    (world === 'alone' ? market.alone : market.probabilities)(
      userId,
      Array.from(places, (n) => all[n]),
    );
  const share = (holds: (other: Places) => boolean): number =>
    drawn.reduce((sum, { places, chance }) => sum + (holds(places) ? chance : 0), 0);
  const sum = (valuesK: Float64Array): number => valuesK.reduce((a, b) => a + b, 0);
  return {
    user,
    chances: drawn.map(({ chance }) => chance),
    drawn: drawn.reduce((total, { places, chance }) => total + chance * sum(truthOf(places)), 0),
    slates: drawn.map(({ places }) => ({
      truthK: truthOf(places),
      choice: {
        agreesK: Array.from(places, (n, k) => Number(target.places[k] === n)),
        propensityK: Array.from(places, (_, k) => share(sameAbove(places, k + 1)) / share(sameAbove(places, k))),
        placePropensityK: Array.from(places, (n, k) => share((other) => other[k] === n)),
        expected: { withLoggedK: belowK, fromAboveK: belowK, asLogged: belowK[0] },
      },
    })),
    truth: sum(truthOf(target.places)),
  };
}

const sameAbove =
  (places: Places, count: number) =>
  (other: Places): boolean =>
    places.subarray(0, count).every((n, k) => other[k] === n);

function taskOf(request: RankingEvent, open: OpenRequest): GenerationTask {
  const candidates = request.items;
  const rules = compileRules({}, { candidates, size: K, where: request.id });
  const value = slateValueOf(open, objectiveNamed('clicks', { candidates }));
  return { request, size: K, value, rules, count: 1, rng: createRng(1) };
}

/** Users come anew, with all their requests: as other people would on another day. */
function journal(contexts: readonly Context[], lists: number, rng: Rng): { lists: LoggedChoice[]; userL: Int32Array } {
  const drawn: LoggedChoice[] = [];
  const users: number[] = [];
  const a = lists / EACH;
  for (let u = 0; u < a; u++) {
    const first = EACH * rng.integer(USERS);
    for (let l = 0; l < EACH; l++) {
      const { chances, slates } = contexts[first + l];
      const { choice, truthK } = slates[pick(chances, rng)];
      drawn.push({ ...choice, clicksK: Array.from(truthK, (chance) => Number(rng.next() < chance)) });
      users.push(u);
    }
  }
  return { lists: drawn, userL: Int32Array.from(users) };
}

function pick(chances: readonly number[], rng: Rng): number {
  let left = rng.next();
  const at = chances.findIndex((chance) => {
    left -= chance;
    return left < 0;
  });
  return at < 0 ? chances.length - 1 : at;
}

const rows = [];
const head = offPolicyNames.map((name) => ` ${name} |`).join('');
console.log(
  `| explored by | clicks | lists | effective | truth |${head} gain | contradicted |\n|---|---|---|---|---|${'---|'.repeat(offPolicyNames.length + 2)}`,
);
for (const { explore, lists, world } of CASES) {
  const rng = createRng('off policy bench');
  const contexts: Context[] = [];
  for (let user = 0; user < USERS; user++)
    for (let each = 0; each < EACH; each++)
      contexts.push(await contextOf(user, rng.split(user).split(each), { explore, world }));
  const mean = (value: (context: Context) => number): number =>
    contexts.reduce((sum, context) => sum + value(context), 0) / contexts.length;
  const truth = mean((context) => context.truth);
  const told = Array.from({ length: JOURNALS }, (_, n) => {
    const { lists: drawn, userL } = journal(contexts, lists, createRng('journals').split(n));
    // All that they tell is judged, with and without company: what is assumed is stated.
    const assume = 'independent';
    return journalRow('judged', drawn, { userL, resamples: RESAMPLES, level: 0.95, seed: n, assume });
  });
  const held = Object.fromEntries(
    offPolicyNames.map((name) => [
      name,
      heldBy(
        told.map(({ intervals }) => intervals[name]),
        truth,
      ),
    ]),
  );
  const gain = heldBy(
    told.map((row) => row.gain.interval),
    truth - mean(({ drawn }) => drawn),
  );
  const isContradicted = (doubt: string | undefined): boolean => doubt?.startsWith('differs') === true;
  const contradicted = {
    any: shareOf(told, ({ doubts }) => Object.values(doubts).some(isContradicted)),
    ...Object.fromEntries(
      offPolicyNames.map((name) => [name, shareOf(told, ({ doubts }) => isContradicted(doubts[name]))]),
    ),
  };
  const effective = told.reduce((sum, row) => sum + row.effective.SIPS, 0) / JOURNALS;
  rows.push({ explore, world, lists, truth, effective, held, gain, contradicted });
  const cellOf = ({ holds, width }: Held): string => ` ${(100 * holds).toFixed(1)} % ± ${width.toFixed(2)} |`;
  console.log(
    `| ${JSON.stringify(explore)} ${world} | ${lists} | ${effective.toFixed(0)} | ${truth.toFixed(3)} |${offPolicyNames.map((name) => cellOf(held[name])).join('')}${cellOf(gain)} ${(100 * contradicted.any).toFixed(1)} % |`,
  );
}

interface Held {
  /** Journals that have an interval. */
  readonly told: number;
  /** Share of them whose interval holds the truth. */
  readonly holds: number;
  readonly width: number;
}

function heldBy(intervals: readonly (Interval | null)[], value: number): Held {
  const known = intervals.flatMap((interval) => interval ?? []);
  return {
    told: known.length,
    holds: shareOf(known, ({ low, high }) => low <= value && value <= high),
    width: known.reduce((sum, { low, high }) => sum + high - low, 0) / known.length,
  };
}

function shareOf<T>(all: readonly T[], holds: (each: T) => boolean): number {
  return all.filter(holds).length / all.length;
}
await scorer.close();
await mkdir('bench/results', { recursive: true });
const path = `bench/results/off-policy-${resultName(started, machine)}.json`;
const figures = {
  started,
  machine,
  node: process.version,
  commit: commitNow(),
  JOURNALS,
  RESAMPLES,
  USERS,
  EACH,
  CANDIDATES,
  K,
  rows,
};
await writeFile(path, `${JSON.stringify(figures, undefined, 2)}\n`);
console.log(path);
