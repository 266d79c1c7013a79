import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';
import { orAborted } from './abort.ts';

/**
 * The same events; an abort ends it, even while it waits for the next, and lets the source clean up. Whoever takes events that are there already makes pauses, in which an abort is seen.
 * Throws `InputError` where the source says that it can be iterated over, and cannot.
 */
export async function* iterateEvents<T>(
  events: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  signal?.throwIfAborted();
  const iterator = iteratorOf(events);
  let ended = false;
  try {
    for (;;) {
      const next: unknown = await orAborted(Promise.resolve(iterator.next()), signal);
      if (!isObject<IteratorResult<T>>(next)) throw noIterator('that gives {done, value} at each step', next);
      if (next.done) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } finally {
    // A source that is still waiting for its next event ends when that comes: nobody waits for it here.
    if (!ended && typeof iterator.return === 'function') Promise.resolve(iterator.return()).catch(() => undefined);
  }
}

function iteratorOf<T>(events: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = events as Partial<Iterable<T> & AsyncIterable<T>>;
  const begin: unknown = later ?? now;
  if (typeof begin !== 'function') throw noIterator('made by a function', begin);
  const iterator: unknown = begin.call(events);
  if (isObject<Iterator<T>>(iterator) && typeof iterator.next === 'function') return iterator;
  throw noIterator('with a function next', iterator);
}

/** Whether something can have properties; which they are is to be found out. */
const isObject = <T>(value: unknown): value is Partial<T> & T =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const noIterator = (expected: string, found: unknown): InputError =>
  new InputError(
    `train: expected events with an iterator ${expected}, found ${show(found)}; give a list, or what a generator makes`,
    'invalid-option',
  );
