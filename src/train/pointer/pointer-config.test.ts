import { describe, expect, it } from 'vitest';
import { exactKPointer, pointerConfigSchema } from './pointer-config.ts';

describe('a pointer config', () => {
  const withReward = (objective: string) => {
    const base = exactKPointer();
    return { ...base, objective, reinforcement: { ...base.reinforcement, reward: 'signed' } };
  };

  it("takes the paper's reward for the chance of any click alone", () => {
    expect(pointerConfigSchema.safeParse(exactKPointer()).success).toBe(true);
    expect(pointerConfigSchema.safeParse(withReward('any')).success).toBe(true);
    const { error } = pointerConfigSchema.safeParse(withReward('clicks'));
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['reinforcement.reward']);
    expect(error?.issues[0].message).toMatch(/objective 'any'/);
  });
});
