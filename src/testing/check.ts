/** One promise of a contract, tried on an implementation. */
export interface Check {
  /** The promise, as the name of a test. */
  readonly name: string;
  /** Throws, or rejects, where the promise is broken: what was expected, what was found. */
  run(): void | Promise<void>;
}
