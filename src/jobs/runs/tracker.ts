import type { EpochSink } from './epoch-line.ts';
import type { RunStart } from './run-start.ts';
import type { RunState } from './run-states.ts';

/** Told of a run beside its folder, and of its end. Nothing that it does may end a training. */
export interface TrackedRun extends EpochSink {
  /** When the training ends, however it ends; it waits for this. */
  end(state: RunState): Promise<void>;
}

/** Where runs are told beside their folders, such as a server. */
export type Tracker = (start: RunStart) => TrackedRun;
