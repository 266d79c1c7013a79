/** How a command ended. `usage`: options or a config that are wrong by themselves; `failed`: everything found later, in the data or on the way. */
export const EXIT = { clean: 0, failed: 1, usage: 2, rejects: 3, interrupted: 130 } as const;

/** Stopped by the user; the message says how to go on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Options that do not go together; the message says which, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
