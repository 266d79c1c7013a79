/** Values by time, the earliest first; of equal times, the one that came first. A binary heap: logs are almost in order, never quite. */
export interface TimeQueue<T> {
  readonly size: number;
  /** Time of the first value; Infinity where there is none. */
  readonly earliest: number;
  push(time: number, value: T): void;
  pop(): T | undefined;
  /** The first value if its time is strictly before `time`. */
  popBefore(time: number): T | undefined;
  /** The same, or at `time`. */
  popUntil(time: number): T | undefined;
}

export function createTimeQueue<T>(): TimeQueue<T> {
  const heap: { readonly time: number; readonly order: number; readonly value: T }[] = [];
  let pushed = 0;
  const before = (a: number, b: number): boolean =>
    heap[a].time < heap[b].time || (heap[a].time === heap[b].time && heap[a].order < heap[b].order);
  const swap = (a: number, b: number): void => {
    const held = heap[a];
    heap[a] = heap[b];
    heap[b] = held;
  };
  return {
    get size() {
      return heap.length;
    },
    get earliest() {
      return heap.length > 0 ? heap[0].time : Number.POSITIVE_INFINITY;
    },
    push(time, value) {
      heap.push({ time, order: pushed++, value });
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!before(child, parent)) return;
        swap(child, parent);
        child = parent;
      }
    },
    pop,
    popBefore: (time) => (heap.length > 0 && heap[0].time < time ? pop() : undefined),
    popUntil: (time) => (heap.length > 0 && heap[0].time <= time ? pop() : undefined),
  };

  function pop(): T | undefined {
    if (heap.length === 0) return undefined;
    swap(0, heap.length - 1);
    const first = heap.pop();
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) break;
      const child = left + 1 < heap.length && before(left + 1, left) ? left + 1 : left;
      if (!before(child, parent)) break;
      swap(child, parent);
      parent = child;
    }
    return first?.value;
  }
}
