import { readLiveEvent, refuseOtherSpelling } from '../../live/live-event.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { createAskedLog } from '../asked/asked-log.ts';
import type { Host, HostedModel } from '../host.ts';
import { createDriftWatch } from '../watch/drift-watch.ts';
import { createLiveWatch } from '../watch/live-watch.ts';
import { MOST_RECENT } from '../wire/limits.ts';
import { eraseFromModel } from './erase-from-model.ts';
import { openEventOrder } from './event-order.ts';
import { openExperiments } from './experiments-in-force.ts';
import type { HostOptions } from './host-options.ts';
import { knownIn } from './known-in.ts';
import { loadHostedModel } from './loaded-model.ts';
import { createModelsAtWork, type ModelAtWork, type ModelsAtWork } from './models-at-work.ts';
import { openModelsFolder } from './models-folder.ts';
import { openHostJournal } from './open-host-journal.ts';
import { rememberedModel, rememberModel } from './remembered-model.ts';
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
  if (options.active !== undefined && !names.includes(options.active))
    throw new InputError(`active: ${unknownName(options.active, names)}`, 'no-such-model');

  const { journal, store } = await openHostJournal(options, warn);
  try {
    const before = await rememberedModel(store);
    const first = firstModel(names, { before, asked: options.active, isShared: journal.isShared });
    if (before !== undefined && !names.includes(before))
      warn(`${store.name}: ${unknownName(before, names)}, which answered before; ${first} answers now`);
    let models: ModelsAtWork | undefined;
    let remembering: Promise<void> = Promise.resolve();
    const read = (event: unknown): LogEvent => readArrival(event, atWork().active, now());
    const atWork = (): ModelsAtWork => {
      if (models) return models;
      throw new TypeError('createHost: expected a model before the first event');
    };
    const events = await openEventOrder({
      ...{ journal, store, rememberedEvents, snapshotEvery, warn, read, eraseFromModels },
      forgetAsked: () => asked.forget(),
      entered: (entry) => {
        if (models) drift.enter(entry);
        live.enter(entry);
      },
      activated(name) {
        remember(name);
        told.tell(name);
      },
    });
    const drift = createDriftWatch(() => atWork().active, now);
    const live = createLiveWatch({
      ...{ recent: MOST_RECENT, now },
      labelTypes: () => atWork().active.stored.memory.settings.labelTypes,
    });
    const told = createToldModel({
      ...{ active: () => atWork().active.name, activate: (name) => atWork().activate(name), warn },
    });
    if (journal.isShared && before !== undefined) told.tell(before);
    const asked = createAskedLog({
      ...{ store, warn, sequence: () => events.sequence },
      every: options.auditEvery ?? 0,
    });
    models = await createModelsAtWork(first, {
      folder,
      events,
      load: (name, path) =>
        loadHostedModel({
          ...{ name, folder: path, workers, unknownFields, kinds, now, journal, stored: events.stored },
          ...{ heed: asked.heed, warn },
        }),
      async eraseFrom(path, users) {
        for (const user of users) await eraseFromModel(path, user, kinds);
      },
      kept,
      warn,
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
    let closing: Promise<void> | undefined;

    // Every request asks whether the server is ready, and hardly one what is known.
    const health: Host['health'] = {
      get isReady() {
        return closing === undefined;
      },
      get journal() {
        const { fault } = events;
        return fault === undefined ? 'open' : { fault };
      },
      get memory() {
        const { memory } = atWork().active.stored;
        const clock = Number.isFinite(memory.clock) ? memory.clock : undefined;
        return { ...memory.sizes(), items: memory.items.size, clock };
      },
      get drift() {
        return drift.figures();
      },
      get lag() {
        return events.lag;
      },
      get modelFault() {
        return told.fault;
      },
    };
    const host: Host = {
      health,
      get sequence() {
        return events.sequence;
      },
      get active() {
        return atWork().active.name;
      },
      models: () => atWork().all(),
      model: (name) => (name === undefined ? atWork().active.hosted : atWork().named(name)),
      activate: (name) => activate(name),
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
    return host;

    async function activate(name: string): Promise<HostedModel> {
      const before = atWork().active.name;
      const { hosted } = await atWork().activate(name);
      if (journal.isShared) {
        // Where the others cannot be told, nothing has changed.
        await events.announce(name).catch(async (error: unknown) => {
          await atWork().activate(before);
          throw error;
        });
      } else remember(atWork().active.name);
      await remembering;
      return hosted;
    }

    function remember(name: string): void {
      remembering = remembering
        .then(() => rememberModel(store, name))
        .catch((error: Error) => warn(`which model answers: ${error.message}`));
    }

    async function eraseFromModels(user: string): Promise<boolean> {
      let isKnown = false;
      for (const name of await folder.names())
        if (await eraseFromModel(await folder.folderOf(name), user, kinds)) isKnown = true;
      return isKnown;
    }

    function close(): Promise<void> {
      closing ??= (async () => {
        clearInterval(mending);
        await events.snapshot().catch((error: Error) => warn(`the snapshot: ${error.message}`));
        await events.close();
        await atWork().close();
        await remembering;
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

/** Replicas answer from the model that was activated last, whatever each of them was started with. */
function firstModel(
  names: readonly string[],
  {
    before,
    asked,
    isShared,
  }: { readonly before: string | undefined; readonly asked: string | undefined; readonly isShared: boolean },
): string {
  const last = before !== undefined && names.includes(before) ? before : undefined;
  return (isShared ? (last ?? asked) : (asked ?? last)) ?? names[0];
}

/** An event as somebody sent it, read as the model that answers reads it. */
function readArrival(given: unknown, { stored, checkValues }: ModelAtWork, now: number): LogEvent {
  const { memory } = stored;
  const event = readLiveEvent(given, { now, clock: memory.clock });
  checkValues(event);
  refuseOtherSpelling(event, memory.settings);
  return event;
}
