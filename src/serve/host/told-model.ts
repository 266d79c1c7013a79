/** The model that all replicas were told to answer from: an entry of their journal says so, and each loads it by itself. */

export interface ToldModel {
  /** Another model is to answer. Of several the last counts. */
  tell(name: string): void;
  /** From now on models are there to be activated. Resolves once the one that was told last answers, or cannot. */
  begin(): Promise<void>;
  /** Why the one that was told last does not answer here. */
  readonly fault: string | undefined;
  /** Tries again, now and then, where another one answers. */
  again(): void;
}

/** Milliseconds. */
const TRY_AGAIN = 5_000;

export interface ToldModelOptions {
  /** The one that answers. */
  readonly active: () => string;
  readonly activate: (name: string) => Promise<unknown>;
  readonly warn: (message: string) => void;
}

export function createToldModel({ active, activate, warn }: ToldModelOptions): ToldModel {
  let wanted: string | undefined;
  let fault: string | undefined;
  let hasBegun = false;
  let tried = 0;
  let followed: string | undefined;
  let following: Promise<void> | undefined;

  async function followNow(): Promise<void> {
    followed = wanted;
    if (followed !== undefined) await bring(followed);
  }

  async function bring(name: string): Promise<void> {
    tried = performance.now();
    try {
      await activate(name);
      if (fault !== undefined) warn(`${name}, which the replicas were told to answer from, answers now`);
      fault = undefined;
    } catch (error) {
      const found = `expected the model ${name}, which the replicas were told to answer from, found: ${(error as Error).message}`;
      if (fault !== found) warn(`${found}; the one before it answers until its folder is there`);
      fault = found;
    }
  }

  function follow(): void {
    if (!hasBegun) return;
    following ??= followNow().finally(() => {
      following = undefined;
      // One that was told meanwhile.
      if (wanted !== followed) follow();
    });
  }

  return {
    tell(name) {
      wanted = name;
      follow();
    },
    async begin() {
      hasBegun = true;
      follow();
      await following;
    },
    get fault() {
      return fault;
    },
    again() {
      if (wanted !== undefined && wanted !== active() && performance.now() - tried > TRY_AGAIN) follow();
    },
  };
}
