/** The models that are loaded: one answers, and the one before it stays for a way back. */
import { InputError } from '../../slate/input-error.ts';
import type { HostedModel } from '../host.ts';
import { type BringOptions, bringModel, type ModelAtWork } from './bring-model.ts';
import type { EventOrder } from './event-order.ts';
import { modelOnDisk } from './hosted-model.ts';
import { type ModelsFolder, reportIn, stampOf } from './models-folder.ts';

export interface ModelsAtWork {
  readonly active: ModelAtWork;
  /** All that are loaded, the active one first. */
  readonly loaded: readonly ModelAtWork[];
  /** What is loaded and what lies on disk, by name. */
  all(): readonly HostedModel[];
  named(name: string): HostedModel;
  /** Loads a model where it is not, brings it up to now, warms it, and lets it answer. */
  activate(name: string): Promise<ModelAtWork>;
  /** Loads these beside the one that answers, and keeps them loaded, until it is called with others. */
  keep(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ModelsAtWorkOptions extends BringOptions {
  readonly folder: ModelsFolder;
  readonly events: Pick<EventOrder, 'join' | 'putFirst' | 'leave'>;
  /** Models that stay loaded. */
  readonly kept: number;
}

/** How often the folder is looked through again; milliseconds. */
const LOOK_AGAIN = 1_000;

/** Begins with one model at work. */
export async function createModelsAtWork(first: string, options: ModelsAtWorkOptions): Promise<ModelsAtWork> {
  const { folder, events, kept, warn } = options;
  let onDisk: ReadonlyMap<string, HostedModel> = new Map();
  let looked = 0;
  let loaded: readonly ModelAtWork[] = [];
  let before: Promise<unknown> = Promise.resolve();
  let needed: ReadonlySet<string> = new Set();
  const closing = new Set<Promise<void>>();

  async function look(): Promise<void> {
    looked = performance.now();
    const names = await folder.names();
    const found = await Promise.all(
      names.map(async (name) => {
        try {
          return onDisk.get(name) ?? modelOnDisk(name, await reportIn(await folder.folderOf(name)));
        } catch (error) {
          warn((error as Error).message);
          return undefined;
        }
      }),
    );
    onDisk = new Map(found.flatMap((model) => (model ? [[model.name, model] as const] : [])));
  }

  async function bring(name: string): Promise<ModelAtWork> {
    const there = loaded.find((model) => model.name === name);
    // The way back stays open where the folder is gone.
    if (there && !(await folder.names()).includes(name)) return there;
    const path = await folder.folderOf(name);
    if (there?.stamp === (await stampOf(path))) return there;
    return bringModel(name, path, { ...options, isActive: (hosted) => loaded[0]?.hosted === hosted });
  }

  async function activateNow(name: string): Promise<ModelAtWork> {
    const model = await bring(name);
    events.putFirst(model.follower);
    leaveOthers([model, ...loaded.filter((each) => each !== model)]);
    await look();
    return model;
  }

  /** Of these stay as many as are kept, the first of them first, and those that are needed. */
  function leaveOthers(wanted: readonly ModelAtWork[]): void {
    // One whose folder was written anew has no name any more.
    const named = wanted.filter(({ name }, at) => wanted.findIndex((each) => each.name === name) === at);
    loaded = named.filter(({ name }, at) => at < kept || needed.has(name));
    for (const old of wanted.filter((each) => !loaded.includes(each))) {
      events.leave(old.follower);
      // It ends what is under way first.
      const ended: Promise<void> = old.live
        .close()
        .catch((error: Error) => warn(`${old.name}: closing: ${error.message}`))
        .finally(() => closing.delete(ended));
      closing.add(ended);
    }
  }

  async function keepNow(names: readonly string[]): Promise<void> {
    const brought: ModelAtWork[] = [];
    try {
      for (const name of names) brought.push(await bring(name));
      needed = new Set(names);
    } finally {
      // Those of a call that fails in the middle leave again.
      const fresh = brought.filter((model) => !loaded.includes(model));
      const [active, ...others] = loaded;
      const inPlace = (model: ModelAtWork): ModelAtWork => fresh.find(({ name }) => name === model.name) ?? model;
      const placed = [inPlace(active), ...others.map(inPlace)];
      events.putFirst(placed[0].follower);
      leaveOthers([...new Set([...placed, ...fresh, ...loaded])]);
    }
  }

  await activateNow(first);

  return {
    get active() {
      return loaded[0];
    },
    get loaded() {
      return loaded;
    },
    all() {
      if (performance.now() - looked > LOOK_AGAIN) void look().catch((error: Error) => warn(error.message));
      const known = new Map(onDisk);
      for (const { name, hosted } of loaded) known.set(name, hosted);
      return [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    named(name) {
      const known = loaded.find((model) => model.name === name)?.hosted ?? onDisk.get(name);
      if (known) return known;
      throw new InputError(
        `model: expected one of ${[...onDisk.keys()].join(', ')}, found ${JSON.stringify(name)}; name one of them`,
        'no-such-model',
      );
    },
    activate(name) {
      const running = before.then(() => activateNow(name));
      before = running.catch(() => undefined);
      return running;
    },
    keep(names) {
      const running = before.then(() => keepNow([...new Set(names)]));
      before = running.catch(() => undefined);
      return running;
    },
    async close() {
      await before;
      await Promise.all([...closing, ...loaded.map(({ live }) => live.close())]);
    },
  };
}
