/** A queue by time; events of equal time leave in the order they came. A binary heap: impressions come in time order, clicks on them do not. */
export interface EventQueue<T extends { readonly time: number }> {
  readonly size: number;
  push(event: T): void;
  /** The earliest event if its time is strictly before `time`. */
  popBefore(time: number): T | undefined;
  /** The same, or at `time`. */
  popUntil(time: number): T | undefined;
}

export function createEventQueue<T extends { readonly time: number }>(): EventQueue<T> {
  const heap: { event: T; order: number }[] = [];
  let pushed = 0;
  const before = (a: number, b: number): boolean =>
    heap[a].event.time < heap[b].event.time ||
    (heap[a].event.time === heap[b].event.time && heap[a].order < heap[b].order);
  const swap = (a: number, b: number): void => {
    const held = heap[a];
    heap[a] = heap[b];
    heap[b] = held;
  };
  return {
    get size() {
      return heap.length;
    },
    push(event) {
      heap.push({ event, order: pushed++ });
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!before(child, parent)) break;
        swap(child, parent);
        child = parent;
      }
    },
    popBefore: (time) => (heap.length > 0 && heap[0].event.time < time ? pop() : undefined),
    popUntil: (time) => (heap.length > 0 && heap[0].event.time <= time ? pop() : undefined),
  };

  function pop(): T {
    const { event } = heap[0];
    const last = heap.pop();
    if (heap.length > 0 && last) {
      heap[0] = last;
      for (let parent = 0; ; ) {
        const left = 2 * parent + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && before(left + 1, left) ? left + 1 : left;
        if (!before(child, parent)) break;
        swap(child, parent);
        parent = child;
      }
    }
    return event;
  }
}
