/** The best list that can be made of the items here, by rules that are switched on and off, with what each of them costs. */
import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ComposedLists } from '../../src/serve/client/answer-types.ts';
import type { GenerateBody } from '../../src/serve/client/body-types.ts';
import { percent, plain, shortened, signed } from '../shared/format.ts';
import { Failed, Waiting } from '../shared/notice.tsx';
import { faultOf, key, server } from '../shared/server.ts';
import { askedList, bodyOf, fault as faultOfList, fields, nameOf, now, tries } from './asking.ts';
import { change, draft, present } from './history.ts';
import { type ListState, replaceItems } from './list-state.ts';

const objective = signal('clicks');
const size = signal<number | undefined>(undefined);
const unique = signal('');
const atMost = signal('');
const keepsFirst = signal(false);
const made = signal<ComposedLists | undefined>(undefined);
const fault = signal<string | undefined>(undefined);
const isMaking = signal(false);

/** Names of the fields that the items here have. */
const fieldNames = computed(() => {
  const { items, candidates } = present.value;
  return [...new Set([...items, ...candidates].flatMap((id) => Object.keys(fields.value.get(id) ?? {})))].sort();
});

/** As the API takes them; pins and exclusions are those of the list. */
function rulesOf({ items, pinned, excluded }: ListState, wanted: number): NonNullable<GenerateBody['rules']> {
  const pins = pinned
    .map((item) => ({ item, position: items.indexOf(item) }))
    .filter(({ position }) => position < wanted);
  return {
    ...(pins.length > 0 ? { pin: pins } : {}),
    ...(excluded.length > 0 ? { exclude: excluded } : {}),
    ...(unique.value === '' ? {} : { unique: [unique.value] }),
    ...(atMost.value === '' ? {} : { atMost: [{ field: atMost.value, count: 2 }] }),
    ...(keepsFirst.value ? { keepFirst: 1 } : {}),
  } as NonNullable<GenerateBody['rules']>;
}

/** The question. Nobody is shown the answer as a list of theirs, so the server is to note nothing of it. */
export function bestBody(state: ListState): GenerateBody | undefined {
  const all = [...state.items, ...state.candidates];
  if (all.length === 0) return undefined;
  const wanted = Math.max(1, Math.min(size.value ?? state.items.length, all.length - state.excluded.length));
  const { asIf, model } = bodyOf({ ...state, items: all });
  const list = askedList(state);
  const others = state.candidates.map((id) => (state.listed[id] ? { id, fields: state.listed[id] } : id));
  return {
    ...(model === undefined ? {} : { model }),
    requests: [{ ...list, items: [...list.items, ...others] }],
    ...(asIf === undefined ? {} : { asIf }),
    note: false,
    ...{ size: wanted, rules: rulesOf(state, wanted), objective: objective.value, prices: true, best: 'if-few' },
  };
}

export function Best(): JSX.Element {
  const state = present.value;
  const body = bestBody(state);
  const question = JSON.stringify([body, tries.value, key.value]);
  useEffect(() => {
    if (!body || draft.peek()) return;
    const stop = new AbortController();
    fault.value = undefined;
    // The list itself is answered first.
    const timer = setTimeout(() => {
      isMaking.value = true;
      server
        .peek()
        .generate(body, { signal: stop.signal })
        .then(
          ({ lists }) => {
            made.value = lists[0];
            fault.value = undefined;
          },
          (error: unknown) => {
            if (!stop.signal.aborted) fault.value = faultOf(error);
          },
        )
        .finally(() => {
          if (!stop.signal.aborted) isMaking.value = false;
        });
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question]);
  return (
    <section class="card" aria-labelledby="best-title">
      <header>
        <h2 id="best-title">Best list</h2>
        {isMaking.value && <Waiting what="looking" />}
      </header>
      <Rules names={fieldNames.value} />
      <Answer state={state} />
    </section>
  );
}

/** Where the list itself has no answer, that is told once, there, with a way on. */
function Answer({ state }: { readonly state: ListState }): JSX.Element | null {
  if (fault.value === undefined) return <Made state={state} />;
  return faultOfList.value === undefined ? <Failed title="No list" sentence={fault.value} /> : null;
}

function Rules({ names }: { readonly names: readonly string[] }): JSX.Element {
  const { pinned, excluded, items } = present.value;
  const numbers = names.filter((name) => items.every((id) => typeof fields.value.get(id)?.[name] === 'number'));
  return (
    <div class="rules">
      <label class="field">
        For
        <select
          value={objective.value}
          onChange={(event) => {
            objective.value = event.currentTarget.value;
          }}
        >
          <option value="clicks">the most clicks</option>
          <option value="any">any click at all</option>
          {numbers.map((name) => (
            <option key={name} value={`value:${name}`}>
              clicks times {shortened(name, 20)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Items
        <input
          type="number"
          min="1"
          max="50"
          value={size.value ?? items.length}
          onInput={(event) => {
            size.value = Math.max(1, Math.min(50, event.currentTarget.valueAsNumber || 1));
          }}
        />
      </label>
      <FieldRule name="No two with the same" chosen={unique} names={names} />
      <FieldRule name="At most two of one" chosen={atMost} names={names} />
      <label class="choice">
        <input
          type="checkbox"
          checked={keepsFirst.value}
          onChange={(event) => {
            keepsFirst.value = event.currentTarget.checked;
          }}
        />
        The first stays first
      </label>
      <p class="soft small">
        {pinned.length} pinned, {excluded.length} excluded: by the buttons on the cards.
      </p>
    </div>
  );
}

const FieldRule = ({
  name,
  chosen,
  names,
}: {
  readonly name: string;
  readonly chosen: typeof unique;
  readonly names: readonly string[];
}): JSX.Element => (
  <label class="field">
    {name}
    <select
      value={chosen.value}
      onChange={(event) => {
        chosen.value = event.currentTarget.value;
      }}
    >
      <option value="">(off)</option>
      {names.map((field) => (
        <option key={field} value={field}>
          {shortened(field, 24)}
        </option>
      ))}
    </select>
  </label>
);

function Made({ state }: { readonly state: ListState }): JSX.Element | null {
  const answer = made.value;
  const list = answer?.slates[0];
  if (!answer || !list) return null;
  const ids = list.items.map(({ item }) => item);
  const isSame = ids.length === state.items.length && ids.every((id, k) => id === state.items[k]);
  const more = (list.expectedClicks ?? 0) - (now.value?.expectedClicks ?? 0);
  return (
    <div class="stack made">
      <ol class="best-items">
        {list.items.map(({ item, probability }) => (
          <li key={item} class={state.items.includes(item) ? '' : 'new'}>
            <bdi>{shortened(nameOf(item), 32)}</bdi> <span class="soft">{percent(probability)}</span>
            {!state.items.includes(item) && <span class="tag">new</span>}
          </li>
        ))}
      </ol>
      <p>
        <strong>{plain(list.expectedClicks)}</strong> expected clicks ({signed(more, 3)} to the list here), any click{' '}
        {percent(list.anyClick)}.
      </p>
      <p class="soft small">
        {answer.gap !== undefined && answer.best?.by === 'exhaustive' ? 'All were tried. ' : ''}
        {answer.cut === 'deadline' ? 'The search was cut short after a second. ' : ''}
      </p>
      {answer.rules.length > 0 && (
        <ul class="prices small">
          {answer.rules.map(({ rule, sentence }) => (
            <li key={`${rule} ${sentence}`}>{shortened(sentence, 200)}</li>
          ))}
        </ul>
      )}
      <button type="button" class="main" disabled={isSame} onClick={() => change(replaceItems(present.peek(), ids))}>
        {isSame ? 'The list is the best one' : 'Use this list'}
      </button>
    </div>
  );
}
