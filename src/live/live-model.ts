/** The one implementation of `ListModel`: a stored model, its threads, and a memory that events enter. */

import { generatorNamed } from '../generate/generators.ts';
import { createSlateMaker, type SlateMaker } from '../generate/request/slate-generator.ts';
import { kindsOf, type OwnKind } from '../jobs/kinds.ts';
import type { Memory } from '../memory/memory.ts';
import { createUnderWay } from '../runtime/under-way.ts';
import { inCompany } from '../scoring/average-company.ts';
import { type CandidateScorer, createCandidateScorer } from '../scoring/candidate-scorer.ts';
import { influence, influenceToJson } from '../scoring/influence.ts';
import { memoryAsIf } from '../scoring/memory-as-if.ts';
import { type StoredModel, saveModel } from '../scoring/model-folder.ts';
import type { OnAsked } from '../scoring/on-asked.ts';
import { pagePlaces } from '../scoring/page-places.ts';
import { requestDoubts } from '../scoring/request-doubts.ts';
import { type SlateScorer, startSlateScorer } from '../scoring/slate-scorer.ts';
import { unreadFields } from '../scoring/unread-fields.ts';
import { askWhatIf } from '../scoring/what-if.ts';
import { checkRequestList } from '../slate/check-request.ts';
import { checkSeed } from '../slate/check-seed.ts';
import type { RankingEvent } from '../slate/events.ts';
import { noFields } from '../slate/fields.ts';
import { InputError } from '../slate/input-error.ts';
import { requestName } from '../slate/request-name.ts';
import { orAborted } from './abort.ts';
import type { CallOptions } from './call-options.ts';
import { checkGenerateOptions, checkWhatIfOptions, optionsOf } from './check-options.ts';
import { checkedClock } from './checked-clock.ts';
import { createValueCheck } from './defined-values.ts';
import type { FieldDefinitions } from './fields.ts';
import type { ListModel, ScoredList } from './list-model.ts';
import { readLiveEvent, refuseOtherSpelling } from './live-event.ts';
import type { ModelReport } from './model-report.ts';
import type { AnswerOptions } from './options.ts';
import { refuseArguments } from './refuse-arguments.ts';
import { readRequest } from './request-input.ts';
import { sharedIds } from './shared-ids.ts';
import { featuresKey, memoryOfSnapshot, snapshotOfModel } from './snapshot.ts';
import { readAsIf, readPinned, readSwaps, whatIfOf } from './what-if.ts';

export async function createLiveModel<F extends FieldDefinitions>(
  trained: StoredModel,
  report: ModelReport,
  {
    workers = 1,
    unknownFields = 'refuse',
    now: clock,
    kinds,
    fields,
    onAsked,
  }: AnswerOptions & {
    readonly kinds?: readonly OwnKind[] | undefined;
    readonly fields?: F | undefined;
    readonly onAsked?: OnAsked | undefined;
  },
): Promise<ListModel<F>> {
  let memory: Memory = trained.memory;
  const stored: StoredModel = {
    ...trained,
    get memory() {
      return memory;
    },
  };
  const { schema } = trained.features;
  const checkValues = createValueCheck(fields, schema);
  const key = featuresKey(trained);
  const { rules: ruleKinds } = kindsOf(kinds);
  const [scorer, candidates] = await startBoth(stored, { workers, onAsked });
  let maker: SlateMaker = createSlateMaker(stored, candidates);
  const underWay = createUnderWay();
  let closing: Promise<void> | undefined;
  const now = clock ? checkedClock(clock) : (): number => Math.max(Date.now(), memory.clock);

  function refuseClosed(): void {
    if (closing)
      throw new InputError(
        'the model: expected an open one, found it closed; ask before close(), or open it again',
        'closed',
      );
  }

  /** A call that `close` waits for. Nothing of it is told to a caller who aborted it. */
  function call<T>(signal: AbortSignal | undefined, act: () => Promise<T>): Promise<T> {
    refuseClosed();
    signal?.throwIfAborted();
    return orAborted(underWay.follow(act()), signal);
  }

  /** The request, and what to say of it. */
  function read(request: unknown, at: number): { readonly event: RankingEvent; readonly warnings?: readonly string[] } {
    // What was observed is known strictly after its own millisecond.
    const event = readRequest(request, {
      at,
      now: Math.max(now(), memory.clock + 1),
      clock: memory.clock,
      checkValues,
    });
    const named = (notes: readonly string[]): readonly string[] =>
      notes.map((note) => `${requestName(event.id)}: ${note}`);
    const unread = named(unreadFields(event, schema));
    if (unread.length > 0 && unknownFields === 'refuse') throw new InputError(unread[0], 'unknown-field');
    const warnings = [...unread, ...named(requestDoubts(event, memory))];
    return warnings.length > 0 ? { event, warnings } : { event };
  }

  async function score(
    requests: readonly unknown[],
    options?: CallOptions,
    ...surplus: readonly unknown[]
  ): Promise<readonly ScoredList[]> {
    refuseArguments('score', requests, options, ...surplus);
    const { signal } = optionsOf(options, 'score');
    return call(signal, async () => {
      checkRequestList(requests);
      const asked = requests.map(read);
      const answers = await scorer.score(asked.map(({ event }) => event));
      const shared = sharedIds(asked);
      return answers.map((answer, at) => ({
        ...answer,
        ...warningsOf([...(asked[at].warnings ?? []), ...shared[at]]),
      }));
    });
  }

  /** What is known, with items as they are taken to be; undefined where nothing is. */
  function viewAsIf(given: unknown): Memory | undefined {
    if (given === undefined) return undefined;
    const asIf = readAsIf(given, { now: Math.max(now(), memory.clock + 1), clock: memory.clock, checkValues });
    return asIf.size === 0 ? undefined : memoryAsIf(memory, asIf, stored.encoder);
  }

  function makerAsIf(given: unknown): SlateMaker {
    const view = viewAsIf(given);
    return view
      ? createSlateMaker({ ...trained, memory: view }, { open: (request) => candidates.open(request, view) })
      : maker;
  }

  const asOf = ({ time }: RankingEvent): { readonly asOf?: number } =>
    time < memory.clock ? { asOf: memory.clock } : {};

  return {
    report,
    // As many answers as requests: the types of one and of several say so.
    score: score as ListModel<F>['score'],
    async generate(request, given = {}, ...surplus: readonly unknown[]) {
      refuseArguments('generate', request, given, ...surplus);
      checkGenerateOptions(given);
      const { signal, generator = 'beam+swap', objective = 'clicks', seed = 1, asIf, ...options } = given;
      checkSeed(seed);
      return call(signal, async () => {
        const { event, warnings = [] } = read(request, 0);
        if (options.explore !== undefined) refuseWithoutId(request, event);
        const made = await makerAsIf(asIf).make(event, {
          ...options,
          generator: generatorNamed(generator),
          objective,
          seed,
          signal,
          ruleKinds,
        });
        const { items, value, expectedClicks, anyClick, propensity, alternatives, ...reply } = made;
        const first = { items, value, expectedClicks, anyClick, ...(propensity === undefined ? {} : { propensity }) };
        const told = [...warnings, ...(made.warnings ?? [])];
        return {
          ...reply,
          slates: [first, ...alternatives],
          ...(told.length > 0 ? { warnings: told } : {}),
        };
      });
    },
    async explain(request, options, ...surplus: readonly unknown[]) {
      refuseArguments('explain', request, options, ...surplus);
      const { signal } = optionsOf(options, 'explain');
      return call(signal, async () => {
        const { event, ...told } = read(request, 0);
        const places = pagePlaces(event);
        const moment = asOf(event);
        const { request: widened, companies } = inCompany(event, trained.lists ?? []);
        const open = candidates.open(widened);
        const found = await influence(places, (slates) => open.score(slates, { missing: 'nothing' }), { companies });
        const names = Array.from(places, (item) => event.items[item]?.id ?? '');
        return { request: event.id, ...moment, ...told, ...influenceToJson(found, names) };
      });
    },
    async whatIf(request, given = {}, ...surplus: readonly unknown[]) {
      refuseArguments('whatIf', request, given, ...surplus);
      checkWhatIfOptions(given);
      return call(given.signal, async () => {
        const { event, ...told } = read(request, 0);
        const swaps = readSwaps(given.swaps, event);
        const view = viewAsIf(given.asIf);
        const places = pagePlaces(event);
        const widened = { ...event, items: [...event.items, ...swaps.map((id) => ({ id, fields: noFields }))] };
        const open = candidates.open(widened, view);
        const others = swaps.map((_, at) => event.items.length + at);
        const placeOf = event.items.map((_, k) => places.indexOf(k));
        const kept = readPinned(given.pinned, event, placeOf);
        const answer = whatIfOf(await askWhatIf(places, open, { others, kept, signal: given.signal }), {
          ids: widened.items.map(({ id }) => id),
          placeOf,
        });
        return { request: event.id, ...asOf(event), ...told, ...answer };
      });
    },
    async observe(event, ...surplus: readonly unknown[]) {
      refuseArguments('observe', event, ...surplus);
      refuseClosed();
      const arrivedAt = now();
      const happened = readLiveEvent(event, { now: arrivedAt, clock: memory.clock });
      checkValues(happened);
      refuseOtherSpelling(happened, memory.settings);
      return memory.apply(happened, arrivedAt);
    },
    snapshot() {
      refuseClosed();
      return snapshotOfModel(memory, key);
    },
    restore(snapshot, ...surplus: readonly unknown[]) {
      refuseArguments('restore', snapshot, ...surplus);
      refuseClosed();
      memory = memoryOfSnapshot(snapshot, stored);
      maker = createSlateMaker(stored, candidates);
    },
    async save(folder, options, ...surplus: readonly unknown[]) {
      refuseArguments('save', folder, options, ...surplus);
      const { signal } = optionsOf(options, 'save');
      // An abort waits for the folder to be as it was.
      return call(undefined, async () => {
        signal?.throwIfAborted();
        const known = memory.snapshot();
        const card = { ...trained.card, knownUntil: Math.max(trained.card.knownUntil, memory.clock), report };
        await saveModel(folder, {
          ...trained,
          memory: { settings: memory.settings, snapshot: () => known },
          card,
          signal,
        });
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  function close(): Promise<void> {
    closing ??= (async () => {
      await underWay.settled();
      await Promise.all([scorer.close(), candidates.close()]);
    })();
    return closing;
  }
}

/** Requests that share an id would be drawn alike, and their chances would not be those that are told. */
function refuseWithoutId(request: unknown, { id }: RankingEvent): void {
  if ((request as { readonly id?: unknown }).id !== undefined) return;
  throw new InputError(
    `${requestName(id)}: expected an "id" of its own where lists are explored, as its draw follows from it, found none; give one, new for each list`,
    'invalid-request',
  );
}

const warningsOf = (warnings: readonly string[]): { readonly warnings?: readonly string[] } =>
  warnings.length > 0 ? { warnings } : {};

async function startBoth(
  stored: StoredModel,
  options: { readonly workers: number; readonly onAsked: OnAsked | undefined },
): Promise<readonly [SlateScorer, CandidateScorer]> {
  const scorer = await startSlateScorer(stored, options);
  try {
    return [scorer, await createCandidateScorer(stored, options)];
  } catch (error) {
    await scorer.close();
    throw error;
  }
}
