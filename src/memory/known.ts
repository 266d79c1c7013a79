import type { Fields } from '../slate/fields.ts';
import type { Catalogue } from './catalogue.ts';
import type { KnownClicks } from './click-memory.ts';
import type { ItemVersion } from './item-version.ts';
import type { FeatureState } from './state.ts';

/** What is known at a moment. */
export interface Known {
  /** The moment, epoch milliseconds: the time asked for, or the clock where that is later. */
  readonly time: number;
  readonly state: FeatureState;
  /** Who clicked what: the state's, or those that were rewound. */
  readonly clicks: KnownClicks;
  readonly items: Pick<Catalogue, 'indexOf' | 'fieldsOf'>;
  /** An item as it is described now; undefined for one that was never met. */
  versionOf(item: number): ItemVersion | undefined;
  /** The fields of a user; undefined for one that was never met. */
  userFields(id: string): Fields | undefined;
}
