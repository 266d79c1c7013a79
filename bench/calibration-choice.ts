/**
 * How much must a calibrating line gain on left-out users before it is taken? Simulated logits of which we know how wrong they are, and rules of different strictness.
 *
 *     npx tsx bench/calibration-choice.ts --users 100,500 --wrong 0,0.1 --logs 60
 *
 * A user has 1 to 4 lists of 10 items and a shift of the logit of his own, normal with deviation 0.6, that no logit knows. The true logit of an item is a + b z: a normal around 0 and b around
 * 1, both with the deviation `wrong`. The cost is expected log loss less that of the truth, the users' own shifts averaged out.
 */
import { parseArgs } from 'node:util';
import { logLossOfLogit } from '../src/metrics/log-loss.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import { calibratedLogit, NOT_CALIBRATED } from '../src/scoring/calibration/calibration.ts';
import { sigmoid } from '../src/scoring/sigmoid.ts';
import { type CalibrationTrial, fitCalibration, type JudgedParts } from '../src/train/calibration/fit-calibration.ts';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100,500' },
    wrong: { type: 'string', default: '0,0.1' },
    logs: { type: 'string', default: '60' },
  },
});

const byErrors =
  (errors: number) =>
  (trial: CalibrationTrial | undefined): boolean =>
    trial !== undefined && trial.gain > errors * trial.error;
const rules: Readonly<Record<string, (trial: CalibrationTrial | undefined) => boolean>> = {
  never: () => false,
  always: () => true,
  'gain above 0': byErrors(0),
  'above 1 standard error': byErrors(1),
  'above 2': byErrors(2),
};

/** Deviation of a user's own shift, and what it does to the logit of the mean over users (MacKay 1992). */
const SHIFT = 0.6;
const GAIN = Math.sqrt(1 + (Math.PI / 8) * SHIFT ** 2);
const drawLogit = (rng: Rng): number => 1.2 * rng.normal() - 1.3;

const numbers = (text: string): readonly number[] => text.split(',').map(Number);
const logs = Number(options.logs);
console.log(`| users | wrong by | ${Object.keys(rules).join(' | ')} |`);
console.log(
  `|---|---|${Object.keys(rules)
    .map(() => '---|')
    .join('')}`,
);
for (const users of numbers(options.users))
  for (const wrong of numbers(options.wrong)) {
    const costs = Object.fromEntries(Object.keys(rules).map((rule) => [rule, { cost: 0, taken: 0 }]));
    for (let log = 1; log <= logs; log++) {
      const rng = createRng(log);
      const [a, b] = [wrong * rng.normal(), 1 + wrong * rng.normal()];
      const truth = (z: number): number => a + b * z;
      const lists = drawLists(rng, users, truth);
      const trial = fitCalibration(lists, 'choose').trials.find(({ form }) => form === 'platt');
      const { calibration } = fitCalibration(lists, 'platt');
      for (const [rule, takes] of Object.entries(rules)) {
        const taken = takes(trial);
        costs[rule].cost += costOf(taken ? calibration : NOT_CALIBRATED, truth) / logs;
        costs[rule].taken += Number(taken) / logs;
      }
    }
    const cells = Object.values(costs).map(
      ({ cost, taken }) => `${(1e5 * cost).toFixed(0)} (${Math.round(100 * taken)} %)`,
    );
    console.log(`| ${users} | ${wrong} | ${cells.join(' | ')} |`);
  }

function drawLists(rng: Rng, users: number, truth: (z: number) => number): JudgedParts {
  const [logitS, labelS, userB, offsets]: [number[], number[], number[], number[]] = [[], [], [], [0]];
  for (let user = 0; user < users; user++) {
    const shift = SHIFT * rng.normal();
    const lists = 1 + Math.floor(4 * rng.next());
    for (let list = 0; list < lists; list++) {
      userB.push(user);
      for (let k = 0; k < 10; k++) {
        const z = drawLogit(rng);
        logitS.push(z);
        labelS.push(Number(rng.next() < sigmoid(GAIN * truth(z) + shift)));
      }
      offsets.push(logitS.length);
    }
  }
  return { logitS, labelS, userB, offsets };
}

/** Nats an item more than the truth, over logits drawn alike. */
function costOf(calibration: Parameters<typeof calibratedLogit>[0], truth: (z: number) => number): number {
  const rng = createRng(0);
  const draws = 2000;
  let cost = 0;
  for (let n = 0; n < draws; n++) {
    const z = drawLogit(rng);
    const p = sigmoid(truth(z));
    cost += logLossOfLogit(calibratedLogit(calibration, z), p) - logLossOfLogit(truth(z), p);
  }
  return cost / draws;
}
