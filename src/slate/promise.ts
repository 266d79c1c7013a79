/** Whatever can be awaited. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === 'object' || typeof value === 'function') &&
  typeof (value as Partial<PromiseLike<unknown>> | null)?.then === 'function';
