/** Which model answers, and how another comes to: over a server that runs, or in the journal that the next one reads. */
export interface ModelChoice {
  /** For people: where the model answers. */
  readonly place: string;
  /** The name of the model that answers; undefined where there is none yet. */
  active(): Promise<string | undefined>;
  /** Names of models that answer somebody beside it, such as those of experiments: they must not be removed. */
  inUse(): Promise<readonly string[]>;
  /** Throws before any training where `activate` could not work. */
  check(): Promise<void>;
  /** Returns once this model answers, or will when a server starts. A second call for the same does no harm. */
  activate(name: string): Promise<void>;
}
