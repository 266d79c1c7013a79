/** Rows one by one, of which the next can be looked at. */
export interface RowReader<T> {
  /** The next row, where `peek` has looked for it and it was not taken. */
  readonly head: T | undefined;
  /** No row is left. */
  readonly isDone: boolean;
  peek(): Promise<T | undefined>;
  /** Goes on behind the row that `peek` found. */
  take(): void;
  /** To be called where not all rows are read: some hold an open file. */
  close(): Promise<void>;
}

export function createRowReader<T>(rows: AsyncGenerator<T>): RowReader<T> {
  let head: T | undefined;
  let isDone = false;
  return {
    get head() {
      return head;
    },
    get isDone() {
      return isDone;
    },
    async peek() {
      if (head === undefined && !isDone) {
        const { value, done } = await rows.next();
        if (done) isDone = true;
        else head = value;
      }
      return head;
    },
    take() {
      head = undefined;
    },
    async close() {
      await rows.return(undefined);
    },
  };
}
