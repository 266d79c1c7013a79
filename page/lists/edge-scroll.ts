/** While something is held near the upper or lower edge of the window, the page moves under it: every place of a long list can be reached. */

/** Pixels from an edge within which the page moves, the faster the nearer. */
const EDGE = 72;
/** Pixels a second where that begins, and at the edge itself. */
const [SLOWEST, FASTEST] = [150, 1500];
/** The page stops where a target ends so many pixels before the pointer: what is held is still over it. */
const INSIDE = 12;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EdgeScroll {
  /** The pointer is at this point of the window. */
  follow(point: Point): void;
}

const speedAt = (depth: number): number => SLOWEST + (FASTEST - SLOWEST) * Math.min(1, depth / EDGE);

/** Moves the page until it is told to end, as far as something to drop on lies above or below the pointer: elements of these ids. */
export function startEdgeScroll(targets: readonly string[], from: Point, ended: AbortSignal): EdgeScroll {
  let { x, y } = from;
  // Who picks something up near an edge does not ask the page to move: the pointer has to come nearer, or to leave the edge first.
  let [above, below] = [0, 0];
  const follow = (point: Point): void => {
    ({ x, y } = point);
    above = Math.min(EDGE, Math.max(above, y));
    below = Math.min(EDGE, Math.max(below, innerHeight - y));
  };
  /** Pixels to move by in so many seconds, negative upwards. */
  const stepOf = (seconds: number): number => {
    const boxes = targets
      .flatMap((id) => document.getElementById(id)?.getBoundingClientRect() ?? [])
      .filter(({ left, right }) => x > left && x < right);
    const higher = y - INSIDE - Math.min(...boxes.map(({ top }) => top));
    if (y < above && higher > 0) return -Math.min(higher, seconds * speedAt(above - y));
    const lower = Math.max(...boxes.map(({ bottom }) => bottom)) - y - INSIDE;
    if (y > innerHeight - below && lower > 0) return Math.min(lower, seconds * speedAt(y - innerHeight + below));
    return 0;
  };
  let before = performance.now();
  const move = (time: number): void => {
    if (ended.aborted) return;
    // A page that stood still for a while does not jump.
    const step = stepOf(Math.min(0.05, Math.max(0, time - before) / 1000));
    before = time;
    if (step !== 0) window.scrollBy(0, step);
    requestAnimationFrame(move);
  };
  follow(from);
  requestAnimationFrame(move);
  return { follow };
}
