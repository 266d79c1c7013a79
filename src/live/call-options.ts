/** What every call that takes long may be given. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}
