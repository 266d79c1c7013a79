import { readLiveEvent, refuseOtherSpelling } from '../../live/live-event.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { createAskedLog } from '../asked/asked-log.ts';
import type { Host, HostedModel } from '../host.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import type { JournalStore } from '../journal/store.ts';
import { eraseFromModel } from './erase-from-model.ts';
import { openEventOrder } from './event-order.ts';
import type { HostOptions } from './host-options.ts';
import { loadHostedModel } from './loaded-model.ts';
import { createModelsAtWork, type ModelAtWork, type ModelsAtWork } from './models-at-work.ts';
import { openModelsFolder } from './models-folder.ts';
import { openHostJournal } from './open-host-journal.ts';
import { rememberedModel, rememberModel } from './remembered-model.ts';

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
    const first = options.active ?? (await modelBefore(store, names, warn)) ?? names[0];
    let models: ModelsAtWork | undefined;
    const read = (event: unknown): LogEvent => readArrival(event, atWork().active, now());
    const atWork = (): ModelsAtWork => {
      if (models) return models;
      throw new TypeError('createHost: expected a model before the first event');
    };
    const events = await openEventOrder({
      ...{ journal, store, rememberedEvents, snapshotEvery, warn, read, erased: eraseFromModels },
      forgetAsked: () => asked.forget(),
    });
    const asked = createAskedLog({
      ...{ store, warn, sequence: () => events.sequence },
      // Of a shared journal nobody can say which entries another machine has rewritten.
      every: journal.isShared ? 0 : (options.auditEvery ?? 0),
    });
    models = await createModelsAtWork(first, {
      folder,
      events,
      load: (name, path) =>
        loadHostedModel({
          ...{ name, folder: path, workers, unknownFields, kinds, now, stored: events.stored },
          heed: asked.heed,
        }),
      kept,
      warn,
    });
    await events.finishErasing().catch((error: unknown) => {
      // A replica that is away may be what it waits for.
      if (!journal.isShared || !(error instanceof JournalUnavailable)) throw error;
      warn(`erasing: ${error.message}`);
    });
    const mending = setInterval(() => void events.mend().catch(() => undefined), MEND);
    mending.unref();
    let closing: Promise<void> | undefined;
    let remembering: Promise<void> = Promise.resolve();

    const host: Host = {
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
      reached: events.reached,
      erase: (user) => eraseEverywhere(user),
      snapshot: events.snapshot,
      get health() {
        const { memory } = atWork().active.stored;
        const { fault, lag } = events;
        return {
          isReady: closing === undefined,
          journal: fault === undefined ? ('open' as const) : { fault },
          // Every request asks whether the server is ready, and hardly one what is known.
          get memory() {
            const clock = Number.isFinite(memory.clock) ? memory.clock : undefined;
            return { ...memory.sizes(), items: memory.items.size, clock };
          },
          lag,
        };
      },
      close,
      [Symbol.asyncDispose]: close,
    };
    return host;

    async function activate(name: string): Promise<HostedModel> {
      const { hosted } = await atWork().activate(name);
      remembering = remembering
        .then(() => rememberModel(store, atWork().active.name))
        .catch((error: Error) => warn(`which model answers: ${error.message}`));
      await remembering;
      return hosted;
    }

    async function eraseEverywhere(user: string): Promise<boolean> {
      const isKnown = await events.erase(user);
      return (await eraseFromModels(user)) || isKnown;
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

/** The model that was activated last, where it is there still. */
async function modelBefore(
  store: JournalStore,
  names: readonly string[],
  warn: (message: string) => void,
): Promise<string | undefined> {
  const name = await rememberedModel(store);
  if (name === undefined || names.includes(name)) return name;
  warn(`${store.name}: ${unknownName(name, names)}, which answered before; ${names[0]} answers now`);
  return undefined;
}

/** An event as somebody sent it, read as the model that answers reads it. */
function readArrival(given: unknown, { stored, checkValues }: ModelAtWork, now: number): LogEvent {
  const { memory } = stored;
  const event = readLiveEvent(given, { now, clock: memory.clock });
  checkValues(event);
  refuseOtherSpelling(event, memory.settings);
  return event;
}
