import { createValueCheck } from '../../live/defined-values.ts';
import { readLiveEvent, refuseOtherSpelling } from '../../live/live-event.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { Host } from '../host.ts';
import { openFileStore } from '../journal/file-store.ts';
import { openJournal } from '../journal/journal.ts';
import { createFollowers } from './followers.ts';
import type { HostOptions } from './host-options.ts';
import { createIntake } from './intake.ts';
import { loadHostedModel } from './loaded-model.ts';
import { createModelsAtWork, type ModelAtWork } from './models-at-work.ts';
import { openModelsFolder } from './models-folder.ts';
import { createReached } from './reached.ts';
import { createRecentEvents } from './recent-events.ts';

/** Tries again to write after a fault; milliseconds. */
const MEND = 1_000;
const REMEMBERED_EVENTS = 2_000_000;

/** A server without its doors: models that answer, memories that events enter, and their journal. Throws `InputError` for a model or a journal that is not there, or not whole. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { durability, workers, unknownFields = 'warn', kinds, kept = 2, segmentBytes } = options;
  const now = options.now ?? Date.now;
  const warn = options.warn ?? ((message: string): void => process.emitWarning(message));
  const folder = await openModelsFolder(options.models);
  const names = await folder.names();
  const first = options.active ?? names[0];
  if (!names.includes(first)) throw new InputError(`active: ${unknownName(first, names)}`, 'no-such-model');

  const store = typeof options.journal === 'string' ? await openFileStore(options.journal) : options.journal;
  try {
    const journal = await openJournal({ store, durability, now, segmentBytes, warn });
    const followers = createFollowers(journal);
    const recent = createRecentEvents(options.rememberedEvents ?? REMEMBERED_EVENTS);
    const reached = createReached();
    const models = await createModelsAtWork(first, {
      folder,
      followers,
      load: (name, path) => loadHostedModel({ name, folder: path, workers, unknownFields, kinds, now }),
      told: (entry, followed) => {
        if ('applied' in followed) recent.addEntry(entry);
      },
      kept,
      warn,
    });
    const intake = createIntake({
      journal,
      followers: {
        ...followers,
        apply(entry) {
          const followed = followers.apply(entry);
          reached.tell(entry.sequence);
          return followed;
        },
      },
      recent,
      read: (event) => readArrival(event, models.active, now()),
    });
    const mending = setInterval(() => void journal.mend().catch(() => undefined), MEND);
    mending.unref();
    let closing: Promise<void> | undefined;

    const host: Host = {
      get sequence() {
        return journal.sequence;
      },
      get active() {
        return models.active.name;
      },
      models: () => models.all(),
      model: (name) => (name === undefined ? models.active.hosted : models.named(name)),
      activate: async (name) => (await models.activate(name)).hosted,
      observe: (events) => intake.observe(events),
      reached: (sequence, milliseconds) => reached.wait(sequence, { now: journal.sequence, milliseconds }),
      async erase() {
        throw new Error('erase: not there yet');
      },
      async snapshot() {
        throw new Error('snapshot: not there yet');
      },
      get health() {
        const { memory } = models.active.stored;
        const { fault } = journal;
        return {
          isReady: closing === undefined,
          journal: fault === undefined ? ('open' as const) : { fault },
          memory: {
            ...memory.sizes(),
            items: memory.items.size,
            clock: Number.isFinite(memory.clock) ? memory.clock : undefined,
          },
          lag: intake.waiting,
        };
      },
      close,
      [Symbol.asyncDispose]: close,
    };
    return host;

    function close(): Promise<void> {
      closing ??= (async () => {
        clearInterval(mending);
        await journal.close();
        await models.close();
        await store.close();
      })();
      return closing;
    }
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** An event as somebody sent it, read as the model that answers reads it. */
function readArrival(given: unknown, { stored }: ModelAtWork, now: number): LogEvent {
  const { memory, features } = stored;
  const event = readLiveEvent(given, { now, clock: memory.clock });
  createValueCheck(undefined, features.schema)(event);
  refuseOtherSpelling(event, memory.settings);
  return event;
}
