import { isSame, memoryForThreads } from './node/parameter-memory.ts';

/** Parameters as they were when a call began: what the caller writes later is of later calls. */
export interface ParameterVersion {
  /** For the calling thread. */
  readonly own: Float32Array;
  /** The same for the other threads, in shared memory where there is such; empty where there are no threads. */
  readonly shared: Float32Array;
}

export interface ParameterVersions {
  /** The parameters as they are now. Calls at once with the same values have one version together. */
  take(): ParameterVersion;
  /** Gives back what `take` gave: the last to do so lets its memory be used again. */
  release(version: ParameterVersion): void;
}

/** Versions of `parameters`. One call after another costs two copies and no new memory; only calls at once with other values have memory of their own. */
export function createParameterVersions(
  parameters: Float32Array,
  { isShared }: { readonly isShared: boolean },
): ParameterVersions {
  const { length } = parameters;
  const users = new Map<ParameterVersion, number>();
  let last: ParameterVersion | undefined;
  let spare: ParameterVersion | undefined;

  function fresh(): ParameterVersion {
    const version = spare ?? {
      own: new Float32Array(length),
      shared: isShared ? memoryForThreads(length) : new Float32Array(0),
    };
    spare = undefined;
    version.own.set(parameters);
    if (isShared) version.shared.set(parameters);
    return version;
  }

  return {
    take() {
      const known = last && users.has(last) && isSame(last.own, parameters) ? last : fresh();
      users.set(known, (users.get(known) ?? 0) + 1);
      last = known;
      return known;
    },
    release(version) {
      const left = (users.get(version) ?? 0) - 1;
      if (left > 0) users.set(version, left);
      else {
        users.delete(version);
        spare = version;
      }
    },
  };
}
