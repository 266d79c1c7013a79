/** Dragging with a mouse, a finger or a pen, and picking up with the keyboard: both move a draft of the list, which becomes a change when it is dropped. */
import { signal } from '@preact/signals';
import { counted } from '../shared/format.ts';
import { nameOf } from './asking.ts';
import { type EdgeScroll, startEdgeScroll } from './edge-scroll.ts';
import { change, draft, present, shown } from './history.ts';
import { place, remove } from './list-state.ts';

export interface Drag {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** What is in the hand of a pointer. */
export const drag = signal<Drag | undefined>(undefined);
/** What is picked up with the keyboard. */
export const held = signal<string | undefined>(undefined);
/** For screen readers: what has just happened. */
export const said = signal('');

export const LIST = 'slate-list';
const POOL = 'candidate-list';
/** Pixels that a pointer moves before it drags: less is a click. */
const FIRST_MOVE = 5;

const placeSaid = (id: string): string => {
  const at = shown.peek().items.indexOf(id);
  const name = nameOf(id);
  return at < 0 ? `${name} is off the list.` : `${name} stands at place ${at + 1} of ${shown.peek().items.length}.`;
};

/** Where an item would go that is held over this point: judged as if it stood nowhere, so that its coming does not move the place it comes to. */
function placeAt(list: HTMLElement, id: string, y: number): number {
  const cards = [...list.querySelectorAll<HTMLElement>('[data-item]')];
  const own = cards.find((card) => card.dataset.item === id);
  const next = own && cards[cards.indexOf(own) + 1];
  const room = own && next ? next.offsetTop - own.offsetTop : 0;
  // Not as it is painted: cards that are on their way to their places count where they will be.
  const at = y - list.getBoundingClientRect().top;
  const others = cards.filter((card) => card !== own);
  const after = others.findIndex((card) => {
    const isBelow = own !== undefined && card.offsetTop > own.offsetTop;
    return at < card.offsetTop - (isBelow ? room : 0) + card.offsetHeight / 2;
  });
  return after < 0 ? others.length : after;
}

const isOver = (
  element: HTMLElement | null,
  { x, y }: { readonly x: number; readonly y: number },
  margin: number,
): boolean => {
  if (!element) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left - margin && x <= right + margin && y >= top - margin && y <= bottom + margin;
};

/** Begins with the first move; a press without one stays a press. */
export function startDrag(event: PointerEvent, id: string): void {
  if (event.button !== 0 || held.peek() !== undefined) return;
  const from = { x: event.clientX, y: event.clientY };
  const stop = new AbortController();
  const { signal: ended } = stop;
  let edges: EdgeScroll | undefined;
  const end = (isDropped: boolean): void => {
    stop.abort();
    if (!edges) return;
    const dropped = draft.peek();
    drag.value = undefined;
    draft.value = undefined;
    if (isDropped && dropped) change(dropped);
    said.value = isDropped ? placeSaid(id) : `${nameOf(id)} is back where it was.`;
  };
  const hold = (point: { readonly x: number; readonly y: number }): void => {
    drag.value = { id, ...point };
    const list = document.getElementById(LIST);
    const now = present.peek();
    if (list && isOver(list, point, 24)) draft.value = place(draft.peek() ?? now, id, placeAt(list, id, point.y));
    else if (isOver(document.getElementById(POOL), point, 12)) draft.value = remove(draft.peek() ?? now, id);
    else draft.value = now;
  };
  const move = (moved: PointerEvent): void => {
    if (moved.pointerId !== event.pointerId) return;
    const point = { x: moved.clientX, y: moved.clientY };
    if (!edges && Math.hypot(point.x - from.x, point.y - from.y) < FIRST_MOVE) return;
    if (!edges) {
      // A browser scrolls to the button that has the focus wherever its card comes to stand.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      edges = startEdgeScroll([LIST, POOL], from, ended);
    }
    edges.follow(point);
    moved.preventDefault();
    hold(point);
  };
  // The page moves under a pointer that rests: other cards come to lie below it.
  const moveOn = (): void => {
    const held = drag.peek();
    if (held) hold({ x: held.x, y: held.y });
  };
  window.addEventListener('scroll', moveOn, { signal: ended });
  window.addEventListener('pointermove', move, { signal: ended, passive: false });
  window.addEventListener('pointerup', (up) => up.pointerId === event.pointerId && end(true), { signal: ended });
  window.addEventListener('pointercancel', () => end(false), { signal: ended });
  window.addEventListener('keydown', (pressed) => pressed.key === 'Escape' && end(false), { signal: ended });
}

function drop(isDropped: boolean): void {
  const id = held.peek();
  if (id === undefined) return;
  const dropped = draft.peek();
  held.value = undefined;
  draft.value = undefined;
  if (isDropped && dropped) change(dropped);
  said.value = isDropped ? `Dropped. ${placeSaid(id)}` : `${nameOf(id)} is back where it was.`;
}

/** Puts down what is held, as if it had never been moved. */
export const letGo = (): void => drop(false);

function pickUp(id: string): void {
  letGo();
  held.value = id;
  said.value = `${nameOf(id)} is picked up. Arrows move it, Space drops it, Escape puts it back.`;
}

/** Keys of a handle: Space or Enter picks up and drops, arrows move, Escape puts back. */
export function moveByKey(event: KeyboardEvent, id: string): void {
  const isHeld = held.peek() === id;
  const list = draft.peek() ?? present.peek();
  const at = list.items.indexOf(id);
  if (event.key === ' ' || event.key === 'Enter') {
    event.preventDefault();
    if (isHeld) drop(true);
    else pickUp(id);
  } else if (event.key === 'Escape' && isHeld) {
    event.preventDefault();
    drop(false);
  } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && (isHeld || event.altKey)) {
    event.preventDefault();
    const to = at < 0 ? list.items.length : at + (event.key === 'ArrowUp' ? -1 : 1);
    const next = place(list, id, to);
    if (isHeld) draft.value = next;
    else change(next);
    said.value = placeSaid(id);
  }
}

/** Says how many there are after an item came or left. */
export const saySize = (): void => {
  said.value = `The list has ${counted(present.peek().items.length, 'item')}.`;
};
