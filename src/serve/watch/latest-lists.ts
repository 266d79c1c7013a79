/** Lists by their ids, as many as came last: a `Map` alone would look for its oldest entry among all that went before it. */
export interface LatestLists<T> {
  readonly size: number;
  /** Places that are held, those of lists that are gone among them: about twice the lists at most. */
  readonly places: number;
  get(id: string): T | undefined;
  /** The newest from now on; one of the same id goes. */
  add(id: string, list: T): void;
  remove(id: string): void;
  oldest(): T | undefined;
  removeOldest(): void;
  /** Takes away those that are meant: for once in a while, since all are looked through. */
  removeWhere(isMeant: (list: T) => boolean): void;
  /** The last to come that is meant. */
  findLast(isMeant: (list: T) => boolean): T | undefined;
}

interface Place<T> {
  readonly id: string;
  readonly list: T;
}

/** So many that are gone are worth moving the rest for. */
const MOST_GONE = 1024;

export function createLatestLists<T>(): LatestLists<T> {
  const byId = new Map<string, Place<T>>();
  let queue: (Place<T> | undefined)[] = [];
  /** Of `queue`; what stands before it is gone. */
  let head = 0;

  /** Whether a place is still that of its list: one of the same id may have come since. */
  const stands = (place: Place<T> | undefined): place is Place<T> =>
    place !== undefined && byId.get(place.id) === place;

  /** Passes over what is gone. */
  function first(): Place<T> | undefined {
    while (head < queue.length && !stands(queue[head])) queue[head++] = undefined;
    if (head >= MOST_GONE && head >= queue.length / 2) {
      queue = queue.slice(head);
      head = 0;
    }
    return queue[head];
  }

  return {
    get size() {
      return byId.size;
    },
    get places() {
      return queue.length - head;
    },
    get: (id) => byId.get(id)?.list,
    add(id, list) {
      const place = { id, list };
      byId.set(id, place);
      queue.push(place);
      // Those that are taken away by their ids leave places behind, which nobody would pass over.
      if (queue.length - head <= 2 * byId.size + MOST_GONE) return;
      queue = queue.slice(head).filter(stands);
      head = 0;
    },
    remove: (id) => void byId.delete(id),
    oldest: () => first()?.list,
    removeOldest() {
      const place = first();
      if (place) byId.delete(place.id);
    },
    removeWhere(isMeant) {
      for (const [id, { list }] of byId) if (isMeant(list)) byId.delete(id);
    },
    findLast: (isMeant) => queue.findLast((place) => stands(place) && isMeant(place.list))?.list,
  };
}

/** Items of a list whose clicks are still to come. An array: a set of each list would take four times the bytes, and there are many lists. */
export type Unclicked = (string | undefined)[];

export const unclicked = (items: readonly { readonly id: string }[]): Unclicked => items.map(({ id }) => id);

/** Whether the click was still to come; it is not any more. */
export function takeUnclicked(items: Unclicked, item: string): boolean {
  const at = items.indexOf(item);
  if (at >= 0) items[at] = undefined;
  return at >= 0;
}
