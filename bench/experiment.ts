/**
 * How often an experiment cries wolf, and what it finds: simulated experiments, looked at every day, judged by what `slatewise experiment` judges with.
 *
 *     npx tsx bench/experiment.ts [--experiments 1000] [--users 2000] [--days 30] [--lifts 1.1,1.2] [--no-file]
 *
 * First A/A: both variants are the same. Then A/B: clicks of the new one are more likely. Users differ as real ones do: lists a day by Pareto's law with exponent 1.5 (30 at most),
 * click rates from 1 % to 30 %, prices of clicked items log-normal, milliseconds of answers log-normal with a tail. Each has a past of 30 days. Requests are left, fail and are refused,
 * with outages and hours in which the server is overrun that hit both variants alike. The variant of a user is what the server's hash says, and the sample ratio is looked at every day too.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { increaseOf, reducedDifference, variantDifference } from '../src/measure/experiment/difference.ts';
import { type GuardrailName, guardrailNames } from '../src/measure/experiment/experiment-report.ts';
import { GUARDRAIL_RISK } from '../src/measure/experiment/judge-experiment.ts';
import { sampleRatio } from '../src/measure/experiment/sample-ratio.ts';
import { addUser, createUserMoments, type UserMoments } from '../src/measure/experiment/user-moments.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import { variantOf } from '../src/serve/experiments/assign.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: given } = parseArgs({
  options: {
    experiments: { type: 'string', default: '1000' },
    users: { type: 'string', default: '2000' },
    days: { type: 'string', default: '30' },
    lifts: { type: 'string', default: '1.05,1.1,1.2,1.4' },
    'no-file': { type: 'boolean', default: false },
  },
});
const [experiments, users, days] = [given.experiments, given.users, given.days].map(Number);
const PAST_DAYS = 30;
const RISK = 0.05;
const LIFTS = given.lifts.split(',').filter(Boolean).map(Number);

/** Columns of what a user has done so far: requests, lists, clicks, value, and what guardrails watch; clicks, value and lists of the past. */
const COLUMNS = 12;
const [ASKED, LISTS, CLICKS, VALUE, TIME, FALLBACKS, CANCELLED, FAILED, REFUSED, PAST_CLICKS, PAST_VALUE, PAST_LISTS] =
  Array.from({ length: COLUMNS }, (_, column) => column);

const METRICS = ['clicks', 'value', 'reducedClicks', 'reducedValue'] as const;
/** What all guardrails may risk together: as it is, and as it might be. */
const RISKS = { at5: 0.05, at2: 0.02, at1: 0.01 } as const;
const RISK_NAMES = ['at5', 'at2', 'at1'] as const;
const ALARMS = [...METRICS, 'usualClicks', ...guardrailNames, ...RISK_NAMES, 'sampleRatio'] as const;
type Alarm = (typeof ALARMS)[number];

/** Of what each guardrail is a share, or a mean. */
const GUARDED: Readonly<Record<GuardrailName, readonly [above: number, below: number]>> = {
  milliseconds: [TIME, LISTS],
  fallbacks: [FALLBACKS, LISTS],
  cancelled: [CANCELLED, ASKED],
  failed: [FAILED, ASKED],
  refused: [REFUSED, ASKED],
};

function poisson(rng: Rng, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng.next(); product > limit; product *= rng.next()) count++;
  return count;
}

/** The first day on which each interval leaves 0; undefined where it never does. */
function simulate(rng: Rng, lift: number, name: string): Partial<Record<Alarm, number>> {
  const isNewU = variantsOf(name);
  const state = new Float64Array(users * COLUMNS);
  const activity = new Float64Array(users);
  const taste = new Float64Array(users);
  const leaves = new Float64Array(users);
  for (let user = 0; user < users; user++) {
    activity[user] = Math.min(30, 0.15 / (1 - rng.next()) ** (1 / 1.5));
    taste[user] = 0.01 + 0.29 * rng.next() ** 2;
    leaves[user] = 0.04 * rng.next() ** 3;
    const lists = poisson(rng, PAST_DAYS * activity[user]);
    const clicks = poisson(rng, lists * taste[user]);
    const at = user * COLUMNS;
    state[at + PAST_LISTS] = lists;
    state[at + PAST_CLICKS] = clicks;
    for (let click = 0; click < clicks; click++) state[at + PAST_VALUE] += price(rng);
  }
  const first: Partial<Record<Alarm, number>> = {};
  for (let day = 1; day <= days; day++) {
    const [isOut, isBusy] = [rng.next() < 1 / 15, rng.next() < 1 / 10];
    for (let user = 0; user < users; user++) {
      const asked = poisson(rng, activity[user]);
      if (asked === 0) continue;
      const at = user * COLUMNS;
      const lists = asked - unanswered(asked, { state, at, rng, leaves: leaves[user], isOut, isBusy });
      state[at + ASKED] += asked;
      const clicks = poisson(rng, lists * taste[user] * (isNewU[user] ? lift : 1));
      state[at + LISTS] += lists;
      state[at + CLICKS] += clicks;
      for (let click = 0; click < clicks; click++) state[at + VALUE] += price(rng);
      for (let list = 0; list < lists; list++) {
        state[at + TIME] += 15 * Math.exp(0.8 * rng.normal());
        state[at + FALLBACKS] += Number(rng.next() < 0.01);
      }
    }
    for (const alarm of alarmsOf(state, isNewU)) first[alarm] ??= day;
  }
  return first;
}

/**
 * How many of a user's requests of a day come to no list, each counted by why. Users with a bad line leave before the answer. One request in a thousand fails; where there is an outage
 * that day, for one user in six most do. Where the server is overrun that day, one user in eight comes in that hour, and every second request is refused.
 */
function unanswered(asked: number, { state, at, rng, leaves, isOut, isBusy }: UnansweredOptions): number {
  const fails = isOut && rng.next() < 1 / 6 ? 0.7 : 0.001;
  const refuses = isBusy && rng.next() < 1 / 8 ? 0.5 : 0;
  let count = 0;
  for (let request = 0; request < asked; request++) {
    const column = [
      [REFUSED, refuses],
      [FAILED, fails],
      [CANCELLED, leaves],
    ].find(([, chance]) => rng.next() < chance)?.[0];
    if (column === undefined) continue;
    state[at + column]++;
    count++;
  }
  return count;
}

interface UnansweredOptions {
  readonly state: Float64Array;
  readonly at: number;
  readonly rng: Rng;
  readonly leaves: number;
  readonly isOut: boolean;
  readonly isBusy: boolean;
}

const price = (rng: Rng): number => 10 * Math.exp(rng.normal());
/** Whose answers the new variant gives, in an experiment of this name. */
function variantsOf(name: string): readonly boolean[] {
  const variants = ['old', 'new'].map((each) => ({ name: each, share: 0.5 }));
  return Array.from(
    { length: users },
    (_, user) => variantOf({ name, coverage: 1, variants }, `user u${user}`)?.name === 'new',
  );
}

function alarmsOf(state: Float64Array, isNewU: readonly boolean[]): readonly Alarm[] {
  const moments = (above: number, below: number, pastAbove?: number): readonly [UserMoments, UserMoments] => {
    const both = [createUserMoments(), createUserMoments()] as const;
    for (let user = 0; user < users; user++) {
      const at = user * COLUMNS;
      if (state[at + ASKED] === 0) continue;
      const past =
        pastAbove === undefined ? ([0, 0] as const) : ([state[at + pastAbove], state[at + PAST_LISTS]] as const);
      addUser(both[Number(isNewU[user])], [state[at + above], state[at + below], ...past]);
    }
    return both;
  };
  const found: Alarm[] = [];
  const tell = (alarm: Alarm, hasLeft: boolean | undefined): void => {
    if (hasLeft) found.push(alarm);
  };
  const [clicks, value] = [moments(CLICKS, LISTS, PAST_CLICKS), moments(VALUE, LISTS, PAST_VALUE)];
  for (const [alarm, reduced, [control, variant]] of [
    ['clicks', 'reducedClicks', clicks],
    ['value', 'reducedValue', value],
  ] as const) {
    const plain = variantDifference(variant, control, { risk: RISK });
    tell(alarm, plain && (plain.low > 0 || plain.high < 0));
    const lowered = reducedDifference(variant, control, { risk: RISK });
    tell(reduced, lowered && (lowered.low > 0 || lowered.high < 0));
    if (alarm === 'clicks') tell('usualClicks', plain && Math.abs(plain.estimate) > 1.959964 * plain.error);
  }
  const foundUsers = [0, 0];
  for (let user = 0; user < users; user++) if (state[user * COLUMNS + ASKED] > 0) foundUsers[Number(isNewU[user])]++;
  const half = (foundUsers[0] + foundUsers[1]) / 2;
  tell('sampleRatio', sampleRatio(foundUsers, [half, half])?.isSound === false);
  for (const alarm of guardrailNames) {
    const [control, variant] = moments(...GUARDED[alarm]);
    const risen = (together: number): boolean =>
      (increaseOf(variant, control, { risk: together / guardrailNames.length })?.low ?? 0) > 0;
    tell(alarm, risen(GUARDRAIL_RISK));
    for (const name of RISK_NAMES) tell(name, risen(RISKS[name]));
  }
  return found;
}

interface Row {
  readonly lift: number;
  readonly experiments: number;
  /** Share of experiments with an alarm on any day. */
  readonly alarms: Readonly<Record<Alarm | 'anyMetric' | 'anyGuardrail' | 'any' | 'anyAt5', number>>;
  /** The middle day of the first alarm among those that have one. */
  readonly days: Readonly<Record<'clicks' | 'reducedClicks', number | null>>;
}

function run(lift: number, count: number): Row {
  const rng = createRng(`experiment ${lift}`);
  const firsts = Array.from({ length: count }, (_, at) => simulate(rng.split(at), lift, `experiment ${lift} ${at}`));
  const share = (has: (first: (typeof firsts)[number]) => boolean): number => firsts.filter(has).length / count;
  const alarms = Object.fromEntries(ALARMS.map((alarm) => [alarm, share((first) => first[alarm] !== undefined)]));
  const middle = (alarm: Alarm): number | null => {
    const sorted = firsts.flatMap((first) => first[alarm] ?? []).sort((a, b) => a - b);
    return sorted.at(Math.floor(sorted.length / 2)) ?? null;
  };
  const anyOf = (names: readonly Alarm[]): number => share((first) => names.some((name) => first[name] !== undefined));
  const together = {
    anyMetric: anyOf(METRICS),
    anyGuardrail: anyOf(guardrailNames),
    any: anyOf([...METRICS, ...guardrailNames, 'sampleRatio']),
    anyAt5: anyOf([...METRICS, 'at5', 'sampleRatio']),
  };
  return {
    ...{ lift, experiments: count, alarms: { ...(alarms as Record<Alarm, number>), ...together } },
    days: { clicks: middle('clicks'), reducedClicks: middle('reducedClicks') },
  };
}

const started = new Date();
const machine = thisMachine();
const began = performance.now();
const rows = [run(1, experiments), ...LIFTS.map((lift) => run(lift, Math.max(1, Math.round(experiments / 5))))];
const seconds = (performance.now() - began) / 1000;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const [same, ...better] = rows;
console.log(
  `A/A, ${same.experiments} experiments of ${users} users, ${days} looks; seconds of all: ${seconds.toFixed(0)}`,
);
for (const [name, share] of Object.entries(same.alarms)) console.log(`| ${name} | ${percent(share)} |`);
console.log('| lift | experiments | found | found with the past | middle day | middle day with the past |');
console.log('|---|---|---|---|---|---|');
for (const { lift, experiments: count, alarms, days: firstDays } of better) {
  const found = [percent(alarms.clicks), percent(alarms.reducedClicks)];
  console.log(
    `| ${percent(lift - 1)} | ${count} | ${found.join(' | ')} | ${firstDays.clicks ?? '–'} | ${firstDays.reducedClicks ?? '–'} |`,
  );
}
if (!given['no-file']) {
  const file = fileURLToPath(new URL(`results/experiment-${resultName(started, machine)}.json`, import.meta.url));
  const head = { measured: started.toISOString(), commit: commitNow(), node: process.version, machine, seconds };
  await writeFile(
    file,
    `${JSON.stringify({ ...head, users, days, risk: RISK, guardrailRisk: GUARDRAIL_RISK, rows }, null, 2)}\n`,
  );
}
