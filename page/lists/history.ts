/** What was done, so that it can be undone and done again. */
import { computed, signal } from '@preact/signals';
import { emptyState, type ListState } from './list-state.ts';

interface History {
  readonly past: readonly ListState[];
  readonly present: ListState;
  readonly future: readonly ListState[];
}

/** Steps that can be undone. */
const MOST = 200;

const history = signal<History>({ past: [], present: emptyState, future: [] });
/** The list while something is being dragged; undefined otherwise. */
export const draft = signal<ListState | undefined>(undefined);

export const present = computed<ListState>(() => history.value.present);
/** What is on the screen. */
export const shown = computed<ListState>(() => draft.value ?? history.value.present);
/** The list before the last change; while something is dragged, before the drag. */
export const previous = computed<ListState | undefined>(() =>
  draft.value ? history.value.present : history.value.past.at(-1),
);
/** The list as it was opened. */
export const opened = computed<ListState>(() => history.value.past[0] ?? history.value.present);
export const canUndo = computed(() => history.value.past.length > 0);
export const canRedo = computed(() => history.value.future.length > 0);

/** Begins anew with a list. */
export function open(state: ListState): void {
  draft.value = undefined;
  history.value = { past: [], present: state, future: [] };
}

/** A change that can be undone; none where nothing changes. */
export function change(next: ListState): void {
  const { past, present: now } = history.peek();
  draft.value = undefined;
  if (next === now) return;
  history.value = { past: [...past, now].slice(-MOST), present: next, future: [] };
}

/** Another model or user is no step: what was done to the list stays. */
export function ask(changes: Partial<Pick<ListState, 'model' | 'user' | 'context' | 'time'>>): void {
  const { past, present: now, future } = history.peek();
  const also = (state: ListState): ListState => ({ ...state, ...changes });
  history.value = { past: past.map(also), present: also(now), future: future.map(also) };
}

export function undo(): void {
  const { past, present: now, future } = history.peek();
  const before = past.at(-1);
  if (before) history.value = { past: past.slice(0, -1), present: before, future: [now, ...future] };
}

export function redo(): void {
  const { past, present: now, future } = history.peek();
  const [next, ...rest] = future;
  if (next) history.value = { past: [...past, now], present: next, future: rest };
}
