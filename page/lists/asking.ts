/** The questions of the page, each asked again where the list changes. */
import { batch, computed, effect, signal } from '@preact/signals';
import type { ModelsAnswer } from '../../src/serve/client/answer-types.ts';
import type { ExplainedList, WhatIfBody } from '../../src/serve/client/body-types.ts';
import type { StartAnswer, WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { faultOf, key, server } from '../shared/server.ts';
import { opened, previous, shown } from './history.ts';
import type { FieldsOf, ListState } from './list-state.ts';

export const models = signal<ModelsAnswer | undefined>(undefined);
export const start = signal<StartAnswer | undefined>(undefined);
/** Fields of the items that were met, by id; undefined of one that the server does not know. */
export const fields = signal<ReadonlyMap<string, FieldsOf | undefined>>(new Map());
/** What is wrong with the server, or with the list. */
export const fault = signal<string | undefined>(undefined);
/** Milliseconds from the last change to its answer. */
export const took = signal<number | undefined>(undefined);
/** What before means. */
export const since = signal<'change' | 'opening'>('change');
/** Counts how often somebody asked to try again. */
export const tries = signal(0);
/** The second model of the comparison; empty: none. */
export const besides = signal('');

/** The models of which numbers are on the screen, as far as the server has told of them. */
export const modelsShown = computed<ModelsAnswer['models']>(() => {
  const { active, models: known } = models.value ?? { active: '', models: [] };
  const named = [shown.value.model === '' ? active : shown.value.model, besides.value];
  return known.filter(({ name }) => named.includes(name));
});

const answers = signal<ReadonlyMap<string, WhatIfAnswer>>(new Map());
const MOST_ANSWERS = 200;

/** The list as the API takes it. */
export const askedList = ({ user, time, context, items, listed }: ListState): ExplainedList => ({
  ...(time === undefined ? {} : { time }),
  ...(user === '' ? {} : { user }),
  ...(Object.keys(context).length === 0 ? {} : { fields: context }),
  items: items.map((id) => (listed[id] ? { id, fields: listed[id] } : id)),
});

/** Of the items that are on the list, what is taken to be otherwise. */
export function bodyOf(state: ListState, model = state.model): WhatIfBody {
  const asIf = Object.fromEntries(Object.entries(state.asIf).filter(([id]) => state.items.includes(id)));
  return {
    ...(model === '' ? {} : { model }),
    list: askedList(state),
    ...(Object.keys(asIf).length === 0 ? {} : { asIf }),
  };
}

const keyOf = (state: ListState, model?: string): string => JSON.stringify(bodyOf(state, model));
const answerTo = (state: ListState | undefined, model?: string): WhatIfAnswer | undefined =>
  state && answers.value.get(keyOf(state, model));

let latest: WhatIfAnswer | undefined;
/** The answer to the list on the screen; the one before while it is on its way. */
export const now = computed<WhatIfAnswer | undefined>(() => {
  latest = answerTo(shown.value) ?? latest;
  return latest;
});
/** Whether that is the answer to this very list. */
export const isCurrent = computed(() => answerTo(shown.value) !== undefined);
const LATE_MS = 150;
/** Whether the answer is so long on its way that the numbers of the list before are to look like it. */
export const isLate = signal(false);

let latestBefore: WhatIfAnswer | undefined;
/** What that answer is held against. Both change together: a list on its way changes neither. */
export const before = computed<WhatIfAnswer | undefined>(() => {
  const earlier = answerTo(since.value === 'opening' ? opened.value : previous.value);
  if (isCurrent.value) latestBefore = earlier;
  return latestBefore;
});
let latestBeside: WhatIfAnswer | undefined;
export const beside = computed<WhatIfAnswer | undefined>(() => {
  if (besides.value === '') return undefined;
  latestBeside = answerTo(shown.value, besides.value) ?? latestBeside;
  return latestBeside;
});

function keep(name: string, answer: WhatIfAnswer): void {
  const kept = new Map(answers.peek());
  kept.set(name, answer);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_ANSWERS) break;
    kept.delete(oldest);
  }
  answers.value = kept;
}

async function answer(state: ListState, model: string, signal: AbortSignal): Promise<void> {
  const name = keyOf(state, model);
  if (!answers.peek().has(name)) keep(name, await server.peek().whatIf(bodyOf(state, model), { signal }));
}

/** Asks about the list on the screen, and about what it is held against. */
export function beginAsking(): () => void {
  let asked = new AbortController();
  return effect(() => {
    const list = shown.value;
    const beside = besides.value;
    const earlier = since.value === 'opening' ? opened.value : previous.value;
    void [key.value, tries.value];
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const begun = performance.now();
    const isNew = !answers.peek().has(keyOf(list));
    void (async () => {
      try {
        await answer(list, list.model, signal);
        batch(() => {
          fault.value = undefined;
          if (isNew) took.value = performance.now() - begun;
        });
        if (beside !== '') await answer(list, beside, signal);
        if (earlier) await answer(earlier, earlier.model, signal);
      } catch (error) {
        if (signal.aborted) return;
        fault.value = faultOf(error);
      }
    })();
  });
}

/** A quick answer changes the numbers once; a slow one makes them pale meanwhile. */
export function beginWaiting(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    clearTimeout(timer);
    if (isCurrent.value) isLate.value = false;
    else
      timer = setTimeout(() => {
        isLate.value = true;
      }, LATE_MS);
  });
}

/** Asks again after something went wrong. */
export function askAgain(): void {
  fault.value = undefined;
  tries.value++;
}

/** Learns the fields of items that are met for the first time. */
export function beginLearning(): () => void {
  const asked = new Set<string>();
  return effect(() => {
    const { items, candidates } = shown.value;
    const client = server.value;
    const unknown = [...items, ...candidates].filter((id) => !fields.peek().has(id) && !asked.has(id)).slice(0, 100);
    if (unknown.length === 0) return;
    for (const id of unknown) asked.add(id);
    client.items({ id: unknown }).then(
      ({ items: found }) => learn([...unknown.map((id) => ({ id, fields: undefined })), ...found]),
      () => {
        for (const id of unknown) asked.delete(id);
      },
    );
  });
}

export function learn(found: readonly { readonly id: string; readonly fields: FieldsOf | undefined }[]): void {
  const known = new Map(fields.peek());
  for (const { id, fields: own } of found) known.set(id, own);
  fields.value = known;
}

/** What an item is called: its name or title where it has one. */
export function nameOf(id: string): string {
  const own = fields.value.get(id) ?? {};
  for (const field of ['title', 'name', 'label']) {
    const value = own[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return id;
}
