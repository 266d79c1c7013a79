import type { HostHealth } from '../host.ts';
import type { DriftWatch } from '../watch/drift-watch.ts';
import type { ModelAtWork } from './bring-model.ts';
import type { EventOrder } from './event-order.ts';
import type { ToldModel } from './told-model.ts';

export interface HealthOptions {
  readonly isOpen: () => boolean;
  readonly active: () => ModelAtWork;
  readonly events: Pick<EventOrder, 'fault' | 'lag'>;
  readonly drift: Pick<DriftWatch, 'figures'>;
  readonly told: Pick<ToldModel, 'fault'>;
}

/** How a host does, computed when it is asked: every request asks whether the server is ready, and hardly one what is known. */
export function hostHealth({ isOpen, active, events, drift, told }: HealthOptions): HostHealth {
  return {
    get isReady() {
      return isOpen();
    },
    get journal() {
      const { fault } = events;
      return fault === undefined ? 'open' : { fault };
    },
    get memory() {
      const { memory } = active().stored;
      const clock = Number.isFinite(memory.clock) ? memory.clock : undefined;
      return { ...memory.sizes(), items: memory.items.size, clock };
    },
    get drift() {
      return drift.figures();
    },
    get lag() {
      return events.lag;
    },
    get modelFault() {
      return told.fault;
    },
  };
}
