import { fileURLToPath } from 'node:url';
import { readSettings } from '../../src/jobs/read-settings.ts';
import { resolvePointer, settingsDefaults } from '../../src/jobs/settings.ts';
import type { PointerConfig } from '../../src/train/pointer/pointer-config.ts';
import type { Scene } from './scene.ts';

const AS_PUBLISHED = fileURLToPath(new URL('../../examples/as-published/exact-k.json', import.meta.url));

/** Pointers to compare, by name: the recipe, the recipe with what is reinforced and imitated in the authors' code, and all of that code that there is. */
export async function pointersOf({
  size,
  candidates,
  lessons,
  objective,
}: Scene): Promise<Record<string, PointerConfig>> {
  const given = { size, candidates, requests: lessons, objective };
  const base = resolvePointer(settingsDefaults, given);
  const reinforcedBy = (changes: Partial<PointerConfig['reinforcement']>): PointerConfig => ({
    ...base,
    reinforcement: { ...base.reinforcement, ...changes },
  });
  const own = {
    'exact-k': base,
    climbed: reinforcedBy({ policy: 'climbed' }),
    cards: { ...reinforcedBy({ hillClimbing: 'off' }), demonstrations: 'card' } as const,
    'climbed and cards': {
      ...reinforcedBy({ policy: 'climbed', hillClimbing: 'off' }),
      demonstrations: 'card',
    } as const,
  };
  // The reward 2p - 1 is of a chance.
  if (objective !== 'any') return own;
  const published = resolvePointer(await readSettings(AS_PUBLISHED), given);
  return {
    ...own,
    'decoder and reward': {
      ...reinforcedBy({ reward: 'signed', hillClimbing: 'sampled' }),
      model: { ...base.model, glimpse: 'replaces', intra: true },
    },
    'as published': published,
    'as shipped': { ...published, reinforcement: { ...published.reinforcement, imitationWeight: 1 } },
  };
}
