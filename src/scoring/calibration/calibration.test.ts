import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { type Calibration, calibratedLogit, calibratedLogits, NOT_CALIBRATED } from './calibration.ts';

const isotonic: Calibration = { form: 'isotonic', logits: [-2, 0, 1], calibrated: [-1, -0.5, 2] };

describe('calibration of logits', () => {
  it('follows the formula of each form', () => {
    expect(calibratedLogit({ form: 'temperature', temperature: 2 }, -3)).toBe(-1.5);
    expect(calibratedLogit({ form: 'platt', intercept: 0.25, slope: 0.5 }, -3)).toBe(-1.25);
    expect(calibratedLogit(NOT_CALIBRATED, -3)).toBe(-3);
  });

  it('runs along the knots of an isotonic one, and beyond them with slope 1', () => {
    const at = (logit: number): number => calibratedLogit(isotonic, logit);
    expect([-2, 0, 1].map(at)).toEqual([-1, -0.5, 2]);
    expect(at(-1)).toBeCloseTo(-0.75, 12);
    expect(at(0.5)).toBeCloseTo(0.75, 12);
    expect([-1e4, -5, 4, 1e4].map(at)).toEqual([-1e4 + 1, -4, 5, 1e4 + 1]);
  });

  it('keeps the order of a list', () => {
    const rng = createRng(1);
    const logits = Float32Array.from({ length: 500 }, () => 3 * rng.normal()).sort();
    for (const calibration of [isotonic, { form: 'platt', intercept: 1, slope: 0.2 } as const]) {
      const calibrated = calibratedLogits(calibration, logits);
      expect(calibrated.every((value, at) => at === 0 || value > calibrated[at - 1])).toBe(true);
    }
  });

  it('gives the very array back where nothing is to do', () => {
    const logits = Float32Array.of(1, 2);
    expect(calibratedLogits(NOT_CALIBRATED, logits)).toBe(logits);
  });
});
