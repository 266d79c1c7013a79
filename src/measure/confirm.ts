import type { Rng } from '../random/rng.ts';
import type { TestAnswer } from './effects-report.ts';
import { discoveries } from './false-discovery.ts';
import { type Contrast, createContrast, presenceEffect, type Showings } from './presence-contrast.ts';
import { presenceTest } from './presence-test.ts';

/** One question to the test lists. */
export interface Question {
  /** Names it, and its random numbers with it. */
  readonly key: string;
  readonly direction: -1 | 0 | 1;
  readonly showings: Showings;
}

export interface ConfirmOptions {
  /** Share of what is told that may be chance. */
  readonly rate: number;
  /** Share of logs without any effect of which something may be told, all families together. */
  readonly level: number;
  readonly families: number;
  readonly permutations: number;
  readonly resamples: number;
  readonly rng: Rng;
}

/**
 * Tests a family of questions together. The interval of what is not confirmed is a 95 % one. The intervals of what is confirmed were picked, so they are wider: of their level 1 - 0.05 R / m, R of m confirmed, at
 * most 5 % of them miss on average (Benjamini & Yekutieli 2005).
 */
export function confirm(questions: readonly Question[], options: ConfirmOptions): readonly TestAnswer[] {
  const { rate, level, families, permutations, resamples, rng } = options;
  const contrasts = questions.map(({ showings }): Contrast => createContrast(showings));
  const pValues = questions.map(({ key, direction }, at) =>
    presenceTest(contrasts[at], { direction, permutations, rng: rng.split(`permutations of ${key}`) }),
  );
  const found = new Set(discoveries(pValues, { rate, level, families }));
  const picked = 1 - (0.05 * found.size) / Math.max(1, questions.length);
  return contrasts.map((contrast, at) => {
    const confirmed = found.has(at);
    const effect = presenceEffect(contrast, {
      ...{ level: confirmed ? picked : 0.95, resamples },
      rng: rng.split(`users of ${questions[at].key}`),
    });
    const { present, users, centredN } = contrast;
    return { ...effect, p: pValues[at], confirmed, present, users, showings: centredN.length };
  });
}
