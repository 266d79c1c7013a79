/** How a command ended. `usage`: options or a config that are wrong by themselves; `failed`: everything found later, in the data or on the way. `kept`, `stopped` and `locked` are of `retrain`. */
export const EXIT: {
  readonly clean: 0;
  readonly failed: 1;
  readonly usage: 2;
  readonly rejects: 3;
  readonly kept: 4;
  readonly stopped: 5;
  readonly locked: 6;
  readonly interrupted: 130;
} = {
  clean: 0,
  failed: 1,
  usage: 2,
  rejects: 3,
  kept: 4,
  stopped: 5,
  locked: 6,
  interrupted: 130,
};

/** Stopped by the user; the message says how to go on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Options that do not go together; the message says which, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
