/** What every line of a run says beside its epoch. */
export interface RunName {
  readonly run: string;
  readonly recipe: string;
  readonly seed: number;
}

/** A training before its first step. */
export interface RunStart extends RunName {
  /** Where its files are written. */
  readonly folder: string;
  /** The path that it learns from. */
  readonly data: string;
  readonly config: unknown;
}
