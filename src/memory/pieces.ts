/** Long work in pieces: between two of them whoever runs it may let others have their turn. */

/** Pauses at each `yield`. */
export type Pieces<T> = Generator<void, T, void>;

/** Rows of a piece: some milliseconds of work. */
export const ROWS = 128;

/** Without a pause. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Does something with every row, and pauses after each piece of them, the last one too. */
export function* eachRow<R>(rows: Iterable<R>, act: (row: R) => void): Pieces<void> {
  let held = 0;
  for (const row of rows) {
    act(row);
    if (++held % ROWS === 0) yield;
  }
  if (held % ROWS > 0) yield;
}
