import { expect, it } from 'vitest';
import { recipes } from './recipe.ts';
import { trainingConfigSchema } from './training-config.ts';

it('takes every recipe as it is', () => {
  for (const recipe of Object.values(recipes)) expect(trainingConfigSchema.parse(recipe())).toEqual(recipe());
});

it('refuses two losses of one name, in either stage', () => {
  const twice = [
    { name: 'pair', weight: 1 },
    { name: 'bce', weight: 1 },
    { name: 'pair', weight: 0.1 },
  ] as const;
  const config = recipes['two-stage']();
  for (const broken of [
    { ...config, losses: twice },
    { ...config, firstStage: { losses: twice, epochs: 1 } },
  ]) {
    const { error } = trainingConfigSchema.safeParse(broken);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'expected every loss once, found "pair" twice; leave one out, or give one the sum of both weights',
    ]);
  }
});
