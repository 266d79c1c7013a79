/** The file of experiments, followed while a server runs: another set of shares needs no restart. */
import { unwatchFile, watchFile } from 'node:fs';
import type { Experiment } from '../../slate/experiment.ts';
import { readExperiments } from './read-experiments.ts';

export interface FollowOptions {
  /** Brings them into force. */
  readonly change: (experiments: readonly Experiment[]) => Promise<void>;
  readonly warn: (message: string) => void;
  /** How often the file is looked at; milliseconds. */
  readonly every?: number | undefined;
}

export interface FollowedFile {
  /** Reads it now; what is broken leaves those before in force, and says so. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY = 1000;

/** Reads the file again on SIGHUP and whenever it has changed. */
export function followExperiments(path: string, { change, warn, every = EVERY }: FollowOptions): FollowedFile {
  let reading: Promise<void> = Promise.resolve();
  const again = (): Promise<void> => {
    reading = reading.then(async () => {
      try {
        await change(await readExperiments(path));
      } catch (error) {
        warn(`${error instanceof Error ? error.message : String(error)}; the experiments before stay in force`);
      }
    });
    return reading;
  };
  const onChange = (): void => void again();
  // Looked at rather than told of: that works where a file is replaced, and on every volume.
  watchFile(path, { interval: every, persistent: false }, onChange);
  process.on('SIGHUP', onChange);
  return {
    again,
    async stop() {
      unwatchFile(path, onChange);
      process.off('SIGHUP', onChange);
      await reading;
    },
  };
}
