/** A list as it is being edited, and what may be done to it. Plain data: every change makes another one, so that it can be undone and shared. */

export type FieldValue = string | number | boolean | readonly string[] | readonly number[];
export type FieldsOf = Readonly<Record<string, FieldValue>>;

export interface ListState {
  /** Empty: the one that answers where a request names none. */
  readonly model: string;
  readonly user: string;
  /** When the list is shown, as the request has it; now where it is left out. */
  readonly time?: number | string;
  /** Fields of the list as a whole, such as the query. */
  readonly context: FieldsOf;
  /** From the top. */
  readonly items: readonly string[];
  /** Items that could stand on it. */
  readonly candidates: readonly string[];
  /** Fields that an item has in this list only, by its id. */
  readonly listed: Readonly<Record<string, FieldsOf>>;
  /** Fields of items that are taken to be otherwise, by their ids. */
  readonly asIf: Readonly<Record<string, Readonly<Record<string, FieldValue | null>>>>;
  /** Stay where they stand in the best list. */
  readonly pinned: readonly string[];
  /** Never on the best list. */
  readonly excluded: readonly string[];
}

export const emptyState: ListState = {
  ...{ model: '', user: '', context: {}, items: [], candidates: [], listed: {}, asIf: {}, pinned: [], excluded: [] },
};

/** As many as the server explains. */
export const MOST_ITEMS = 50;

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((each) => each !== id);

/** Puts an item at a place of the list, from wherever it is. */
export function place(state: ListState, id: string, at: number): ListState {
  const others = without(state.items, id);
  if (others.length >= MOST_ITEMS) return state;
  const to = Math.max(0, Math.min(at, others.length));
  const items = [...others.slice(0, to), id, ...others.slice(to)];
  const isSame = items.length === state.items.length && items.every((each, k) => each === state.items[k]);
  if (isSame) return state;
  return {
    ...state,
    items,
    candidates: without(state.candidates, id),
    excluded: without(state.excluded, id),
  };
}

/** Takes an item off the list; it stays as a candidate. */
export function remove(state: ListState, id: string): ListState {
  if (!state.items.includes(id)) return state;
  const candidates = [id, ...without(state.candidates, id)];
  return { ...state, items: without(state.items, id), candidates, pinned: without(state.pinned, id) };
}

/** Lets a candidate be forgotten that is not wanted. */
export const dropCandidate = (state: ListState, id: string): ListState => ({
  ...state,
  candidates: without(state.candidates, id),
  excluded: without(state.excluded, id),
});

/** Puts one item in the place of another. */
export function swap(state: ListState, out: string, into: string): ListState {
  const at = state.items.indexOf(out);
  return at < 0 ? state : place(remove(state, out), into, at);
}

/** A whole list in place of the one that is there; what leaves becomes a candidate. */
export function replaceItems(state: ListState, items: readonly string[]): ListState {
  const left = state.items.filter((id) => !items.includes(id));
  const candidates = [...left, ...state.candidates.filter((id) => !items.includes(id))];
  return { ...state, items, candidates, pinned: state.pinned.filter((id) => items.includes(id)) };
}

/** Takes a field to be otherwise: null as if nobody knew it, undefined as it is known. */
export function setField(state: ListState, id: string, name: string, value: FieldValue | null | undefined): ListState {
  const { [name]: _, ...others } = state.asIf[id] ?? {};
  const fields = value === undefined ? others : { ...others, [name]: value };
  const { [id]: __, ...rest } = state.asIf;
  return { ...state, asIf: Object.keys(fields).length === 0 ? rest : { ...rest, [id]: fields } };
}

export const togglePinned = (state: ListState, id: string): ListState => ({
  ...state,
  pinned: state.pinned.includes(id) ? without(state.pinned, id) : [...state.pinned, id],
});

/** An excluded item leaves the list. */
export function toggleExcluded(state: ListState, id: string): ListState {
  if (state.excluded.includes(id)) return { ...state, excluded: without(state.excluded, id) };
  const off = remove(state, id);
  return { ...off, excluded: [...off.excluded, id] };
}

/** What is typed, in the form of what was there. */
export function typed(text: string, like: FieldValue | undefined): FieldValue | undefined {
  const plain = text.trim();
  if (plain === '') return undefined;
  if (typeof like === 'string') return plain;
  if (typeof like === 'boolean' && /^(true|false)$/.test(plain)) return plain === 'true';
  if (Array.isArray(like)) {
    const parts = plain.split(',').map((part) => part.trim());
    const numbers = parts.map(Number);
    const areNumbers = like.length > 0 && like.every((part) => typeof part === 'number');
    return areNumbers && numbers.every(Number.isFinite) ? numbers : parts;
  }
  const number = Number(plain);
  return Number.isFinite(number) ? number : plain;
}
