/** One item of the list: its place, its fields, its click probability now, before and alone, and what may be done with it. */

import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { percent, points, shortened } from '../shared/format.ts';
import { ProbabilityBar } from '../shared/probability-bar.tsx';
import { before, nameOf, now } from './asking.ts';
import { held, letGo, moveByKey, saySize, startDrag } from './dragging.ts';
import { change, present, shown } from './history.ts';
import { ItemFields } from './item-fields.tsx';
import { remove, toggleExcluded, togglePinned } from './list-state.ts';
import { useName } from './one-item.ts';
import { selected } from './selected.ts';

type Item = WhatIfAnswer['items'][number];

const itemIn = (answer: WhatIfAnswer | undefined, id: string): Item | undefined =>
  answer?.items.find(({ item }) => item === id);

export function SlateCard({
  id,
  at,
  isDragged,
}: {
  readonly id: string;
  readonly at: number;
  readonly isDragged: boolean;
}): JSX.Element {
  const name = useName(id).value;
  const short = shortened(name);
  const isPinned = useComputed(() => shown.value.pinned.includes(id)).value;
  const isHeld = useComputed(() => held.value === id).value;
  const isSelected = useComputed(() => selected.value === id).value;
  const states = `${isDragged ? 'dragged' : ''} ${isHeld ? 'held' : ''} ${isSelected ? 'selected' : ''}`;
  return (
    <li
      class={`slate-card ${states}`}
      data-item={id}
      onMouseEnter={() => {
        selected.value = id;
      }}
      onFocusIn={() => {
        selected.value = id;
      }}
    >
      <button
        type="button"
        class="handle plain square"
        aria-label={`Move ${short}, at place ${at + 1}`}
        aria-pressed={isHeld}
        title="Drag, or press Space and use the arrows"
        onPointerDown={(event) => startDrag(event, id)}
        onKeyDown={(event) => moveByKey(event, id)}
        onBlur={letGo}
      >
        <Grip />
      </button>
      <span class="rank" aria-hidden="true">
        {at + 1}
      </span>
      <div class="what">
        <div class="name" onPointerDown={(event) => event.pointerType === 'mouse' && startDrag(event, id)}>
          <bdi title={name.length > 60 ? shortened(name, 600) : undefined}>{short}</bdi>
          {name !== id && <bdi class="soft small">{shortened(id, 30)}</bdi>}
        </div>
        <ItemFields id={id} name={short} />
      </div>
      <div class="actions">
        <button
          type="button"
          class="plain square"
          aria-pressed={isPinned}
          aria-label={`Pin ${short} to its place`}
          title="Pin: the best list keeps it at this place"
          onClick={() => change(togglePinned(present.peek(), id))}
        >
          <Pin />
        </button>
        <button
          type="button"
          class="plain square"
          aria-label={`Exclude ${short}`}
          title="Exclude: never on the best list"
          onClick={() => {
            change(toggleExcluded(present.peek(), id));
            saySize();
          }}
        >
          <Bar />
        </button>
        <button
          type="button"
          class="plain square"
          aria-label={`Remove ${short} from the list`}
          title="Remove from the list"
          onClick={() => {
            change(remove(present.peek(), id));
            saySize();
          }}
        >
          <Cross />
        </button>
      </div>
      <div class="chances">
        <Chances id={id} />
        <Effect of={id} />
      </div>
    </li>
  );
}

function Chances({ id }: { readonly id: string }): JSX.Element {
  const item = itemIn(now.value, id);
  const earlier = itemIn(before.value, id);
  return (
    <>
      <ProbabilityBar now={item?.probability} before={earlier?.probability} alone={item?.alone} />
      <p class="beside small soft">
        <Change now={item?.probability} before={earlier?.probability} />
        {earlier && (
          <span class="key before">
            <span class="word">before</span> {percent(earlier.probability)}
          </span>
        )}
        {!earlier && before.value && <span class="key before">not here before</span>}
        <span class="key alone">
          <span class="word">alone</span> {percent(item?.alone)}
        </span>
      </p>
    </>
  );
}

/** With a sign and an arrow: colour alone tells nobody. */
function Change({
  now: p,
  before: q,
}: {
  readonly now?: number | undefined;
  readonly before?: number | undefined;
}): JSX.Element | null {
  if (p === undefined || q === undefined) return null;
  const difference = p - q;
  if (Math.abs(difference) < 0.0005) return <span class="change">no change</span>;
  return (
    <strong class={`change ${difference > 0 ? 'rises' : 'falls'}`}>
      {difference > 0 ? '▲' : '▼'} {points(difference)}
      <span class="hidden"> points</span>
    </strong>
  );
}

/** What the item that is looked at does to this one. Its place is there when it is empty: pointing at a card must move none. */
function Effect({ of }: { readonly of: string }): JSX.Element {
  const from = selected.value;
  const answer = now.value;
  const j = answer?.items.findIndex(({ item }) => item === from) ?? -1;
  const i = answer?.items.findIndex(({ item }) => item === of) ?? -1;
  const effect = answer?.influence[j]?.[i];
  if (from === undefined || typeof effect !== 'number') return <p class="effect small">&nbsp;</p>;
  return (
    <p class="effect small">
      <span class="from">
        <bdi>{shortened(nameOf(from), 24)}</bdi>{' '}
      </span>
      {Math.abs(effect) < 0.0005 ? 'does nothing to it' : <Done effect={effect} />}
    </p>
  );
}

const Done = ({ effect }: { readonly effect: number }): JSX.Element => (
  <strong class={effect > 0 ? 'rises' : 'falls'}>
    {effect > 0 ? 'lifts it by' : 'takes'} {points(Math.abs(effect)).slice(1)}
  </strong>
);

const Grip = (): JSX.Element => (
  <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
    {[3, 8, 13].flatMap((y) => [5, 11].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.5" />))}
  </svg>
);
const Pin = (): JSX.Element => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linejoin="round"
  >
    <path d="M6 1.8h4l-.6 4.4 2.4 2.4v1.2H4.2V8.6l2.4-2.4zM8 9.8v4.6" />
  </svg>
);
const Bar = (): JSX.Element => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
  >
    <circle cx="8" cy="8" r="6" />
    <path d="M3.8 3.8l8.4 8.4" />
  </svg>
);
const Cross = (): JSX.Element => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
  >
    <path d="M3.5 3.5l9 9m0-9l-9 9" />
  </svg>
);
