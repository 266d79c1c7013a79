import { InputError } from '../../slate/input-error.ts';
import { createAskedLog } from '../asked/asked-log.ts';
import type { Host, HostedModel } from '../host.ts';
import { createDriftWatch } from '../watch/drift-watch.ts';
import { createLiveWatch } from '../watch/live-watch.ts';
import { MOST_RECENT } from '../wire/limits.ts';
import { eraseFromModel } from './erase-from-model.ts';
import { openEventOrder } from './event-order.ts';
import { openExperiments } from './experiments-in-force.ts';
import { checkActive, createActiveMemo, firstModel } from './first-model.ts';
import { hostHealth } from './host-health.ts';
import type { HostOptions } from './host-options.ts';
import { knownIn } from './known-in.ts';
import { loadHostedModel } from './loaded-model.ts';
import { createModelsAtWork, type ModelsAtWork } from './models-at-work.ts';
import { openModelsFolder } from './models-folder.ts';
import { openHostJournal } from './open-host-journal.ts';
import { readArrival } from './read-arrival.ts';
import { createToldModel } from './told-model.ts';

/** Tries again to write after a fault; milliseconds. */
const MEND = 1_000;

/** A server without its doors: models that answer, memories that events enter, and their journal. Throws `InputError` for a model or a journal that is not there, or not whole. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { workers, unknownFields = 'warn', kinds, kept = 2, rememberedEvents, snapshotEvery } = options;
  const now = options.now ?? Date.now;
  const warn = options.warn ?? ((message: string): void => process.emitWarning(message));
  const folder = await openModelsFolder(options.models);
  const names = await folder.names();
  checkActive(options.active, names);

  const { journal, store } = await openHostJournal(options, warn);
  try {
    const { isShared } = journal;
    const first = await firstModel(store, names, { asked: options.active, isShared, warn });
    const memo = createActiveMemo(store, warn);
    let models: ModelsAtWork | undefined;
    const atWork = (): ModelsAtWork => {
      if (models) return models;
      throw new TypeError('createHost: expected a model before the first event');
    };
    const events = await openEventOrder({
      ...{ journal, store, rememberedEvents, snapshotEvery, warn, eraseFromModels },
      read: (event) => readArrival(event, atWork().active, now()),
      forgetAsked: () => asked.forget(),
      entered: (entry) => {
        // Others write while this one begins: both watch through a model's eyes.
        if (!models) return;
        drift.enter(entry);
        live.enter(entry);
      },
      activated(name) {
        memo.remember(name);
        told.tell(name);
      },
    });
    const drift = createDriftWatch({ model: () => atWork().active, now, journal, warn });
    const live = createLiveWatch({
      ...{ recent: MOST_RECENT, now },
      labelTypes: () => atWork().active.stored.memory.settings.labelTypes,
    });
    const told = createToldModel({
      ...{ active: () => atWork().active.name, activate: (name) => atWork().activate(name), warn },
    });
    if (isShared && first.before !== undefined) told.tell(first.before);
    const every = options.auditEvery ?? 0;
    const asked = createAskedLog({ store, warn, sequence: () => events.sequence, every });
    models = await createModelsAtWork(first.name, {
      ...{ folder, events, kept, warn },
      load: (name, path) =>
        loadHostedModel({
          ...{ name, folder: path, workers, unknownFields, kinds, now, journal, stored: events.stored },
          ...{ heed: asked.heed, warn },
        }),
      async eraseFrom(path, users) {
        for (const user of users) await eraseFromModel(path, user);
      },
    });
    await told.begin();
    const experiments = await openExperiments({ store, events, models, warn });
    if (options.loadAll) await models.keep(names);
    await events.finishErasing().catch((error: unknown) => {
      if (error instanceof InputError && error.code === 'journal-damaged') throw error;
      // A replica that is away may be what it waits for, or a folder that cannot be written.
      warn(`erasing: ${(error as Error).message}; it is tried again at the next start`);
    });
    const mending = setInterval(() => {
      void events.mend().catch(() => undefined);
      told.again();
    }, MEND);
    mending.unref();
    void drift.filled;
    let closing: Promise<void> | undefined;

    return {
      health: hostHealth({ isOpen: () => closing === undefined, active: () => atWork().active, events, drift, told }),
      get sequence() {
        return events.sequence;
      },
      get active() {
        return atWork().active.name;
      },
      models: () => atWork().all(),
      model: (name) => (name === undefined ? atWork().active.hosted : atWork().named(name)),
      activate,
      observe: events.observe,
      note: events.note,
      known: knownIn(() => atWork().active.stored.memory),
      live,
      now: () => Math.max(now(), atWork().active.stored.memory.clock + 1),
      noteShadow: events.noteShadow,
      get experiments() {
        return experiments.now;
      },
      changeExperiments: experiments.change,
      reached: events.reached,
      erase: events.erase,
      snapshot: events.snapshot,
      close,
      [Symbol.asyncDispose]: close,
    };

    async function activate(name: string): Promise<HostedModel> {
      const before = atWork().active.name;
      const { hosted } = await atWork().activate(name);
      if (isShared) {
        // Where the others cannot be told, nothing has changed.
        await events.announce(name).catch(async (error: unknown) => {
          await atWork().activate(before);
          throw error;
        });
      } else memo.remember(atWork().active.name);
      await memo.written();
      return hosted;
    }

    async function eraseFromModels(user: string): Promise<boolean> {
      let isKnown = false;
      for (const name of await folder.names())
        if (await eraseFromModel(await folder.folderOf(name), user)) isKnown = true;
      return isKnown;
    }

    function close(): Promise<void> {
      closing ??= (async () => {
        clearInterval(mending);
        await drift.close();
        await events.snapshot().catch((error: Error) => warn(`the snapshot: ${error.message}`));
        await events.close();
        await atWork().close();
        await memo.written();
        await asked.close();
        await store.close();
      })();
      return closing;
    }
  } catch (error) {
    await journal.close();
    await store.close();
    throw error;
  }
}
