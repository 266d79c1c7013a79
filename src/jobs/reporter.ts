/** Where long work says how far it is; results never go here. */
export interface Reporter {
  /** One sentence that is worth a line. */
  note(message: string): void;
  /** How far a task is; may come often. */
  progress(progress: Progress): void;
  /** Ends a task's progress display. */
  done(task: string): void;
}

const WARNING = 'warning: ';

/** A note that tells of something wrong. */
export const warning = (message: string): string => `${WARNING}${message}`;

/** What a note tells to be wrong; undefined of any other note. */
export const warningIn = (note: string): string | undefined =>
  note.startsWith(WARNING) ? note.slice(WARNING.length) : undefined;

/** How far a task is. */
export interface Progress {
  readonly task: string;
  readonly done: number;
  /** Unknown while a stream is read. */
  readonly total?: number;
  readonly unit: string;
  /** What else is worth a word, such as the epoch's loss. */
  readonly detail?: string;
}

/** Says nothing. */
export const silentReporter: Reporter = { note() {}, progress() {}, done() {} };
