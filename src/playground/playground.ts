import { textSource } from '../sources/json-lines/text-source.ts';
import type { TrainingProgress } from '../train/scorer/trainer.ts';
import { makeLists, type PlaygroundLists, readLists } from './lists.ts';
import type { FromPlayground, PlaygroundFacts, ToPlayground } from './messages.ts';
import type { PlaygroundRecipe } from './recipes.ts';
import { createTraining, type PlaygroundTraining } from './training.ts';

export interface PlaygroundOptions {
  readonly tell: (news: FromPlayground) => void;
  /** Threads that run micro-batches, the calling one among them. */
  readonly workers: number;
}

/** Lists, and the trainings on them: takes one message after the other. */
export interface Playground {
  /** Settles once all that was asked is done. A fault is told, not thrown. */
  take(message: ToPlayground): Promise<void>;
}

/** A page is not told more often, in milliseconds. */
const BETWEEN_NEWS = 80;

export function createPlayground({ tell, workers }: PlaygroundOptions): Playground {
  let lists: PlaygroundLists | undefined;
  let trainings = new Map<PlaygroundRecipe, Kept>();
  let running: AbortController | undefined;
  let turn: Promise<void> = Promise.resolve();

  return {
    take(message) {
      // What comes now does not wait for a training, but ends it.
      if (message.kind !== 'weights') running?.abort();
      if (message.kind !== 'stop') turn = turn.then(() => answer(message));
      return turn;
    },
  };

  async function answer(message: Exclude<ToPlayground, { kind: 'stop' }>): Promise<void> {
    try {
      if (message.kind === 'make') await prepare(() => makeLists(message.settings, preparing));
      else if (message.kind === 'read') await prepare(() => readLists(textSource(message), preparing));
      else if (message.kind === 'train') await train(message.recipe, message.seed);
      else tellWeights(message.recipe);
    } catch (error) {
      tell({ kind: 'fault', sentence: error instanceof Error ? error.message : String(error) });
    }
  }

  function preparing(done: number): void {
    tell({ kind: 'preparing', lists: done });
  }

  async function prepare(make: () => Promise<PlaygroundLists>): Promise<void> {
    lists = await make();
    trainings = new Map();
    tell({ kind: 'ready', facts: factsOf(lists) });
  }

  async function train(recipe: PlaygroundRecipe, seed: number): Promise<void> {
    if (!lists) throw new Error('train: expected lists to learn from, found none; make some, or take a log');
    const before = trainings.get(recipe);
    const kept =
      before && !before.isOver && before.seed === seed
        ? before
        : { training: createTraining(lists, { recipe, seed, workers }), seed, seconds: 0, isOver: false };
    trainings.set(recipe, kept);
    const abort = new AbortController();
    running = abort;
    const clock = createClock(kept.seconds);
    try {
      const how = await kept.training.run(abort.signal, {
        onProgress: (progress) => clock.tellProgress(progress, (news) => tell({ kind: 'progress', recipe, ...news })),
        onEpoch: (record, judgement) => tell({ kind: 'epoch', recipe, record, judgement, seconds: clock.seconds() }),
      });
      kept.isOver = how === 'finished';
      tell({ kind: 'ended', recipe, how, seconds: clock.seconds() });
    } finally {
      kept.seconds = clock.seconds();
      running = undefined;
    }
  }

  function tellWeights(recipe: PlaygroundRecipe): void {
    const kept = trainings.get(recipe);
    if (!kept) throw new Error(`weights: expected a training of ${recipe}, found none; train it`);
    const weights = Object.entries(kept.training.weights()).map(([name, values]) => [name, [...values]]);
    tell({
      kind: 'weights',
      recipe,
      json: JSON.stringify({ recipe, seed: kept.seed, weights: Object.fromEntries(weights) }),
    });
  }
}

interface Kept {
  readonly training: PlaygroundTraining;
  readonly seed: number;
  seconds: number;
  isOver: boolean;
}

interface Clock {
  seconds(): number;
  tellProgress(
    progress: TrainingProgress,
    tell: (news: Omit<Extract<FromPlayground, { kind: 'progress' }>, 'kind' | 'recipe'>) => void,
  ): void;
}

/** Seconds of training, those of before a stop with them, and how fast it goes. */
function createClock(before: number): Clock {
  const begun = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  let first: { readonly lists: number; readonly at: number } | undefined;
  const seconds = (): number => before + (performance.now() - begun) / 1000;
  return {
    seconds,
    tellProgress({ step, steps, epoch, epochs, lists }, tell) {
      const now = performance.now();
      first ??= { lists, at: now };
      if (now - told < BETWEEN_NEWS && step < steps) return;
      told = now;
      const listsPerSecond = now > first.at ? (1000 * (lists - first.lists)) / (now - first.at) : 0;
      tell({ step, steps, epoch, epochs, lists, listsPerSecond, seconds: seconds() });
    },
  };
}

function factsOf({ log: { summary, firstRejected }, encoded, truth }: PlaygroundLists): PlaygroundFacts {
  return {
    name: summary.source,
    lists: summary.lists,
    items: summary.items,
    users: summary.users,
    clickRate: summary.clicks / summary.shownItems,
    parts: { train: encoded.train.length, validation: encoded.validation.length, test: encoded.test.length },
    rejected: summary.rejected,
    firstRejected,
    hasTruth: truth !== undefined,
  };
}
