import type { Shop, ShownList } from '../../src/jobs/play/shop.ts';
import { createRng } from '../../src/random/rng.ts';
import type { Visit } from '../../src/simulator/visits/visited-market.ts';
import type { Night } from './setup.ts';

/** A shop in this program that shows random lists until its first night, and learns every night. */
export interface NightlyShop extends Shop, AsyncDisposable {
  /** Learns from what it was told, or says why not. */
  night(day: number): Promise<Night>;
  /** The same shop once more: what the one is told from now on, the other does not know. */
  fork(): Promise<NightlyShop>;
}

/** Who shows what is drawn is the same in all shops: their first days are equal. */
export const randomList = (visit: Visit, size: number, seed: number): ShownList => ({
  items: createRng(seed)
    .split('random list')
    .split(visit.id)
    .shuffle([...visit.candidates])
    .slice(0, size)
    .map(({ id }) => ({ id })),
});
