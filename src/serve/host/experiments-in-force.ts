/** The experiments that are in force: the journal says from which entry on, and a start goes on with them. */
import type { Experiment } from '../../slate/experiment.ts';
import { modelsOf } from '../experiments/assign.ts';
import type { JournalStore } from '../journal/store.ts';
import type { EventOrder } from './event-order.ts';
import type { ModelsAtWork } from './models-at-work.ts';
import { rememberedFact, rememberFact } from './remembered-file.ts';

const FILE = 'experiments.json';
/** Is there while a change is under way: the journal may say that it is in force, and `FILE` not yet. */
const CHANGING = 'experiments-changing.json';

export interface ExperimentsInForce {
  readonly now: readonly Experiment[];
  change(experiments: readonly Experiment[]): Promise<void>;
}

export interface ExperimentsOptions {
  readonly store: JournalStore;
  readonly events: Pick<EventOrder, 'noteExperiments'>;
  readonly models: Pick<ModelsAtWork, 'keep'>;
  readonly warn: (message: string) => void;
}

/** Those that were in force last. */
export async function rememberedExperiments(store: JournalStore): Promise<readonly Experiment[]> {
  const found = await rememberedFact(store, FILE);
  return (Array.isArray(found) ? found : []) as readonly Experiment[];
}

/** Begins with those of before. */
export async function openExperiments(options: ExperimentsOptions): Promise<ExperimentsInForce> {
  const { store, events, models, warn } = options;
  let now = await rememberedExperiments(store);
  let changing: Promise<void> = Promise.resolve();
  try {
    await models.keep(modelsOf(now));
  } catch (error) {
    warn(`experiments: ${(error as Error).message}; none is in force until they are given again`);
    now = [];
  }

  // A kill in the middle of a change: it is done again, so that the journal says last what is in force.
  const unfinished = await rememberedFact(store, CHANGING);
  if (Array.isArray(unfinished))
    await bring(unfinished as readonly Experiment[]).catch(async (error: Error) => {
      warn(`experiments: ${error.message}; those before the change that was cut off stay in force`);
      await bring(now).catch((again: Error) => warn(`experiments: ${again.message}`));
    });

  async function changeNow(experiments: readonly Experiment[]): Promise<void> {
    if (JSON.stringify(experiments) === JSON.stringify(now)) return;
    await bring(experiments);
  }

  async function bring(experiments: readonly Experiment[]): Promise<void> {
    const before = now;
    const told = (error: Error): void => warn(`which experiments run: ${error.message}`);
    try {
      // What is under way ends on the models of before: they stay until the next change.
      await models.keep(modelsOf([...before, ...experiments]));
      await rememberFact(store, CHANGING, experiments);
      // What nobody could read later is not done: the entry comes before it counts.
      await events.noteExperiments(experiments);
      now = experiments;
    } catch (error) {
      await store.remove(CHANGING).catch(told);
      await models.keep(modelsOf(before));
      throw error;
    }
    await rememberFact(store, FILE, now)
      .then(() => store.remove(CHANGING))
      .catch(told);
  }

  return {
    get now() {
      return now;
    },
    change(experiments) {
      const running = changing.then(() => changeNow(experiments));
      changing = running.catch(() => undefined);
      return running;
    },
  };
}
