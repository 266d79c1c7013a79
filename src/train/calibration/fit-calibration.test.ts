import { describe, expect, it } from 'vitest';
import { logLossOfLogits } from '../../metrics/log-loss.ts';
import { createRng } from '../../random/rng.ts';
import { calibratedLogit } from '../../scoring/calibration/calibration.ts';
import { fitCalibration, type JudgedParts } from './fit-calibration.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt, fitTemperature } from './fit-line.ts';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Drawn {
  readonly users: number;
  readonly seed: number;
  /** From the logit that a model tells to the true one. */
  readonly truth: (logit: number) => number;
  /** Spread of what a user's lists have in common and the model does not know. */
  readonly byUser?: number;
}

/** Two lists of eight for each user. */
function drawLists({ users, seed, truth, byUser = 0 }: Drawn): JudgedParts {
  const rng = createRng(seed);
  const [logitS, labelS, userB]: [number[], number[], number[]] = [[], [], []];
  for (let user = 0; user < users; user++) {
    const shift = byUser * rng.normal();
    for (let list = 0; list < 2; list++) {
      userB.push(user);
      for (let k = 0; k < 8; k++) {
        const logit = rng.normal() * 1.3 - 1;
        logitS.push(logit);
        labelS.push(Number(rng.next() < sigmoid(truth(logit) + shift)));
      }
    }
  }
  return { logitS, labelS, userB, offsets: Array.from({ length: userB.length + 1 }, (_, b) => 8 * b) };
}

const told = (logit: number): number => logit;

describe('the choice of a calibration', () => {
  it('finds the simplest form that mends what is wrong', () => {
    const formOf = (truth: (logit: number) => number): string =>
      fitCalibration(drawLists({ users: 1500, seed: 1, truth }), 'choose').calibration.form;
    expect(formOf((z) => z / 2)).toBe('temperature');
    expect(formOf((z) => z / 2 - 0.7)).toBe('platt');
    expect(formOf((z) => (z < -1 ? -1.6 : z > 0.2 ? 1.2 : z - 1))).toBe('isotonic');
  });

  it('changes next to nothing where the logits are right, also where the clicks of one user go together', () => {
    for (const byUser of [0, 0.5]) {
      // The logit of a mean over users is not the mean of their logits: so much flatter is the truth (MacKay 1992).
      const truth = (z: number): number => z * Math.sqrt(1 + (Math.PI / 8) * byUser ** 2);
      const calibrations = Array.from(
        { length: 40 },
        (_, n) => fitCalibration(drawLists({ users: 150, seed: 100 + n, truth, byUser }), 'choose').calibration,
      );
      const forms = calibrations.map(({ form }) => form);
      expect(forms.filter((form) => form === 'none').length).toBeGreaterThan(20);
      expect(forms).not.toContain('isotonic');
      const moved = calibrations.flatMap((calibration) =>
        [-3, -1, 1].map((z) => Math.abs(sigmoid(calibratedLogit(calibration, z)) - sigmoid(z))),
      );
      expect(moved.reduce((sum, each) => sum + each, 0) / moved.length).toBeLessThan(0.01);
    }
  });

  it('says what each form brought on users that it was not fitted on', () => {
    const { trials } = fitCalibration(drawLists({ users: 800, seed: 2, truth: (z) => z / 2 }), 'choose');
    expect(trials.map(({ form }) => form)).toEqual(['temperature', 'platt', 'isotonic']);
    for (const { gain, error } of trials) expect(gain).toBeGreaterThan(3 * error);
    const later = drawLists({ users: 20_000, seed: 3, truth: (z) => z / 2 });
    const known = later.logitS as number[];
    const gain =
      logLossOfLogits(known, later.labelS) -
      logLossOfLogits(
        known.map((z) => z / 2),
        later.labelS,
      );
    expect(Math.abs(trials[0].gain - gain)).toBeLessThan(4 * trials[0].error);
  });

  it('shows nothing with few users, one class or no list', () => {
    const few = drawLists({ users: 19, seed: 4, truth: (z) => z / 3 });
    expect(fitCalibration(few, 'choose').calibration.form).toBe('none');
    const unclicked = { ...few, labelS: new Uint8Array(few.logitS.length) };
    const none: JudgedParts = { logitS: [], labelS: [], userB: [], offsets: [0] };
    for (const lists of [unclicked, none])
      for (const choice of ['choose', 'temperature', 'platt', 'isotonic'] as const)
        expect(fitCalibration(lists, choice)).toEqual({ calibration: { form: 'none' }, trials: [] });
  });

  it('fits what is asked for by name, whatever it brings', () => {
    const lists = drawLists({ users: 300, seed: 5, truth: told });
    for (const form of ['none', 'temperature', 'platt', 'isotonic'] as const)
      expect(fitCalibration(lists, form).calibration.form).toBe(form);
  });

  it('is none of a scorer that ranks the wrong way round: no slope is below 0', () => {
    const lists = drawLists({ users: 300, seed: 6, truth: (z) => -z });
    expect([fitPlatt(lists), fitTemperature(lists), fitIsotonic(lists)]).toEqual([undefined, undefined, undefined]);
  });

  it('is found with extreme logits, and is the same each time', () => {
    const lists = drawLists({ users: 300, seed: 7, truth: told });
    const far = { ...lists, logitS: Array.from(lists.logitS, (z, s) => (s % 50 === 0 ? Math.sign(z) * 1e4 : z)) };
    for (const choice of ['choose', 'temperature', 'platt', 'isotonic'] as const) {
      const { calibration } = fitCalibration(far, choice);
      expect(fitCalibration(far, choice).calibration).toEqual(calibration);
      for (const logit of [-1e4, 0, 1e4]) expect(calibratedLogit(calibration, logit)).toSatisfy(Number.isFinite);
    }
  });
});

it('an isotonic calibration rises strictly, and never says never', () => {
  const lists = drawLists({ users: 400, seed: 8, truth: (z) => (z < -1 ? -20 : z) });
  const fitted = fitIsotonic(lists);
  if (!fitted) throw new Error('expected knots');
  const { logits, calibrated } = fitted;
  expect(calibrated.every(Number.isFinite)).toBe(true);
  for (const values of [logits, calibrated])
    expect(values.every((value, at) => at === 0 || value > values[at - 1])).toBe(true);
});
