/** Legend: K slate. */

import { InputError } from '../slate/input-error.ts';
import { EMPTY, type Places } from '../slate/places.ts';
import { checkWorld } from './check-simulation.ts';
import { aloneProbabilities, type ClickOptions, type Effects, effectsOf, slateProbabilities } from './choice-model.ts';
import { createWorld, type WorldItem, type WorldOptions, type WorldUser } from './world.ts';

/** A simulated marketplace that can be asked for the truth of any slate, whole or partial. */
export interface TrueMarket {
  readonly items: readonly WorldItem[];
  readonly users: readonly WorldUser[];
  /** Click probability of each item in this company; the items stand at `positionsK` (0-based), at 0, 1, 2, ... without. */
  probabilities(userId: string, itemIds: readonly string[], positionsK?: ArrayLike<number>): Float64Array;
  /** The same without the company. */
  alone(userId: string, itemIds: readonly string[], positionsK?: ArrayLike<number>): Float64Array;
  /**
   * The truth as a model's answer: of slates over these candidates the logits of the items present, in place order, those of slate n at
   * `[offsets[n], offsets[n + 1])`, and the logit of at least one click.
   */
  scorePlaces(userId: string, candidateIds: readonly string[]): (slates: readonly Places[]) => Promise<TrueScores>;
}

export interface TrueScores {
  readonly offsets: Int32Array;
  readonly logits: Float32Array;
  readonly slateLogitOf: (slate: number) => number;
}

/** The same seed, sizes, effects and base as a simulation: the same world. Throws `InputError` for options that are not valid. */
export function trueMarket(options: WorldOptions & ClickOptions): TrueMarket {
  checkWorld(options);
  const effects = effectsOf(options);
  const world = createWorld(options);
  const items = new Map(world.items.map((item) => [item.id, item]));
  const users = new Map(world.users.map((user) => [user.id, user]));
  const found = <T>(all: ReadonlyMap<string, T>, kind: 'item' | 'user', id: string): T => {
    const one = all.get(id);
    if (one) return one;
    throw new InputError(
      `truth: expected ${kind === 'item' ? 'an item' : 'a user'} of the simulated market, found "${id}"; give the truth file of the same simulation`,
      'other-dataset',
    );
  };
  const slateOf = (itemIds: readonly string[]): readonly WorldItem[] => itemIds.map((id) => found(items, 'item', id));

  return {
    ...world,
    probabilities: (userId, itemIds, positionsK) =>
      slateProbabilities(found(users, 'user', userId), slateOf(itemIds), { effects, positionsK }),
    alone: (userId, itemIds, positionsK) =>
      aloneProbabilities(found(users, 'user', userId), slateOf(itemIds), { effects, positionsK }),
    scorePlaces(userId, candidateIds) {
      const user = found(users, 'user', userId);
      const candidates = slateOf(candidateIds);
      return async (slates) => scoresOf(slates.map((places) => trueSlate(user, { candidates, places, effects })));
    },
  };
}

function trueSlate(
  user: WorldUser,
  { candidates, places, effects }: { candidates: readonly WorldItem[]; places: Places; effects: Effects },
): Float64Array {
  const positionsK = [...places.keys()].filter((position) => places[position] !== EMPTY);
  return slateProbabilities(
    user,
    positionsK.map((position) => candidates[places[position]]),
    { effects, positionsK },
  );
}

function scoresOf(slates: readonly Float64Array[]): TrueScores {
  const offsets = new Int32Array(slates.length + 1);
  for (const [n, probabilities] of slates.entries()) offsets[n + 1] = offsets[n] + probabilities.length;
  const logits = new Float32Array(offsets[slates.length]);
  for (const [n, probabilities] of slates.entries()) logits.set(probabilities.map(logit), offsets[n]);
  // Given the list, its clicks are independent.
  const slateLogitOf = (n: number): number =>
    logit(1 - slates[n].reduce((none, probability) => none * (1 - probability), 1));
  return { offsets, logits, slateLogitOf };
}

const logit = (probability: number): number => Math.log(probability) - Math.log1p(-probability);
