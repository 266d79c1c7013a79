/** A host without a journal: models in memory, for tests of what stands in front of one. */

import type { LiveEvent } from '../src/live/event-input.ts';
import type { ListModel } from '../src/live/list-model.ts';
import { createLiveModel } from '../src/live/live-model.ts';
import type { ModelReport } from '../src/live/model-report.ts';
import type { ArrivingEvent, Host, HostedModel, Observed, Outcome } from '../src/serve/host.ts';
import { driftOf } from '../src/serve/watch/drift.ts';
import { createLiveWatch } from '../src/serve/watch/live-watch.ts';
import type { AnsweredList } from '../src/slate/answered-list.ts';
import type { Experiment, ShadowScores } from '../src/slate/experiment.ts';
import { InputError } from '../src/slate/input-error.ts';
import { encodedDrinks } from './encoded-drinks.ts';
import { randomStoredModel } from './random-model.ts';

/** What a test may do to a host. */
export interface Knobs {
  /** Why the journal cannot be written; undefined where it can. */
  fault: string | undefined;
  isReady: boolean;
  /** What a person should look at. */
  alarms: readonly string[];
  /** Called before a model answers: it may wait, or throw. */
  before: (signal: AbortSignal | undefined) => Promise<void>;
}

export interface MemoryHost extends Host {
  readonly knobs: Knobs;
  /** Options of the searches so far. */
  readonly searches: unknown[];
  /** Events as they came. */
  readonly arrived: ArrivingEvent[];
  /** Answers that were noted. */
  readonly noted: AnsweredList[];
  readonly shadows: ShadowScores[];
  isClosed: boolean;
}

/** A model whose every value is random; its log are drinks, of which the items are `small`, `medium` and `large`. */
export async function drinksModel(seed = 2): Promise<ListModel> {
  const stored = randomStoredModel(await encodedDrinks(100), { seed, listLength: 5 });
  return createLiveModel(stored, REPORT, { unknownFields: 'warn' });
}

const FIGURES = { logLoss: 0.5, rocAuc: 0.7, ndcgAt10: 0.6 };
const REPORT: ModelReport = {
  recipe: 'attention-bce',
  seed: 1,
  fields: { 'item.price': 'numeric' },
  lists: { train: 60, validation: 20, test: 20 },
  epochs: { trained: 1, kept: 1 },
  validation: FIGURES,
};

const DRINKS = [
  { id: 'small', fields: { size: 'S', price: 100 } },
  { id: 'medium', fields: { size: 'M', price: 140 } },
  { id: 'large', fields: { size: 'L', price: 150 } },
];

class JournalUnavailable extends Error {
  override readonly name = 'JournalUnavailable';
}

export function memoryHost(models: Readonly<Record<string, ListModel>>): MemoryHost {
  const knobs: Knobs = { fault: undefined, isReady: true, alarms: [], before: async () => {} };
  const names = Object.keys(models);
  let active = names[0];
  let sequence = 0;
  let experiments: readonly Experiment[] = [];
  const known = new Set<string>();
  const users = new Set<string>();
  const waiting = new Set<{ readonly from: number; readonly tell: () => void }>();
  const searches: unknown[] = [];

  const hosted = (name: string): HostedModel => ({
    name,
    report: models[name].report,
    state: name === active ? 'active' : 'loaded',
    async score(requests, options) {
      await knobs.before(options?.signal);
      return models[name].score(requests as never, options);
    },
    async generate(request, options) {
      searches.push(options);
      await knobs.before(options?.signal);
      return models[name].generate(request as never, options);
    },
    async explain(request, options) {
      await knobs.before(options?.signal);
      return models[name].explain(request as never, options);
    },
    async whatIf(request, options) {
      await knobs.before(options?.signal);
      return models[name].whatIf(request as never, options);
    },
  });
  const model = (name = active): HostedModel => {
    if (names.includes(name)) return hosted(name);
    throw new InputError(
      `the model: expected one of ${names.join(', ')}, found ${JSON.stringify(name)}; name one of these`,
      'no-such-model',
    );
  };

  async function observeOne({ id, event }: ArrivingEvent): Promise<Outcome> {
    if (id !== undefined && known.has(id)) return { taken: true, applied: 'again', sequence };
    try {
      const applied = await models[active].observe(event as LiveEvent);
      if (id !== undefined) known.add(id);
      const { user } = event as { readonly user?: unknown };
      if (user !== undefined) users.add(String(user));
      sequence++;
      return { taken: true, applied, sequence };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { taken: false, code: error.code, message: error.message };
    }
  }

  const host: MemoryHost = {
    knobs,
    searches,
    arrived: [],
    noted: [],
    now: Date.now,
    known: {
      item: (id) => DRINKS.find((drink) => drink.id === id),
      items: () => DRINKS,
      users: () => [...users].map((id) => ({ id, fields: {} })),
    },
    live: createLiveWatch({ recent: 50, labelTypes: () => ['click'], now: Date.now }),
    shadows: [],
    get experiments() {
      return experiments;
    },
    async changeExperiments(given) {
      experiments = given;
    },
    noteShadow: (shadow) => void host.shadows.push(shadow),
    isClosed: false,
    get sequence() {
      return sequence;
    },
    get active() {
      return active;
    },
    models: () => names.map(hosted),
    model,
    async activate(name) {
      model(name);
      await knobs.before(undefined);
      active = name;
      return hosted(name);
    },
    async observe(events): Promise<Observed> {
      if (knobs.fault !== undefined) throw new JournalUnavailable(knobs.fault);
      host.arrived.push(...events);
      const outcomes: Outcome[] = [];
      for (const event of events) outcomes.push(await observeOne(event));
      for (const each of waiting) if (each.from <= sequence) each.tell();
      return { sequence, outcomes };
    },
    note(answers) {
      host.noted.push(...answers);
    },
    reached(from, milliseconds) {
      if (from <= sequence) return Promise.resolve(true);
      return new Promise((resolve) => {
        const end = (value: boolean): void => {
          clearTimeout(timer);
          waiting.delete(each);
          resolve(value);
        };
        const each = { from, tell: () => end(true) };
        const timer = setTimeout(() => end(false), milliseconds);
        waiting.add(each);
      });
    },
    erase: async (user) => users.delete(user),
    snapshot: async () => {},
    get health() {
      return {
        isReady: knobs.isReady,
        journal: knobs.fault === undefined ? ('open' as const) : { fault: knobs.fault },
        memory: { users: users.size, items: 3, openLists: 0, clock: undefined },
        lag: 0,
        drift: { ...driftOf([], undefined), alarms: knobs.alarms },
      };
    },
    async close() {
      host.isClosed = true;
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
  return host;
}
