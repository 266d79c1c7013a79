/** How a model was trained: what was read, what was left out and why, and how well it predicts. */
import type { FieldKind } from '../encoding/field-kinds/field-kinds.ts';
import type { RejectReason } from '../slate/error-code.ts';

/** How a model was trained. Of a model that the command line trained, only what its folder tells. */
export interface ModelReport {
  readonly recipe: string;
  readonly seed: number;
  /** What the events were; of a model that this library trained. */
  readonly read?: ReadReport | undefined;
  /** Kind of each field, such as `"item.price": "numeric"`. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Lists by part: learned from, choosing the epoch, measuring. */
  readonly lists: { readonly train: number; readonly validation: number; readonly test: number };
  /** Epochs trained, and the one that is kept. */
  readonly epochs: { readonly trained: number; readonly kept: number };
  /** Of the epoch that is kept. */
  readonly validation: Figures;
  /** On lists that decided nothing; absent where the model learned from them too (`refitAll`), or where the command line trained it. */
  readonly test?: Figures | undefined;
}

/** How well clicks are predicted, over the shown items of one part. */
export interface Figures {
  /** In nats, the mean over shown items; lower is better. */
  readonly logLoss: number;
  /** Probability that a clicked item is put above one that was not clicked; NaN where all were, or none. */
  readonly rocAuc: number;
  /** Mean over the lists with a click. */
  readonly ndcgAt10: number;
}

/** What training read, and what it left out. */
export interface ReadReport {
  readonly events: number;
  readonly lists: number;
  readonly listsWithoutClick: number;
  readonly shownItems: number;
  readonly clicks: number;
  readonly items: number;
  readonly users: number;
  /** Time of the first and of the last list, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
  readonly rejected: {
    readonly count: number;
    readonly byReason: Readonly<Partial<Record<RejectReason, RejectedEvents>>>;
  };
  /** What could be used but looks wrong, in the events or in the recipe, one sentence each. */
  readonly warnings: readonly string[];
}

/** Events that were left out for one reason. */
export interface RejectedEvents {
  readonly count: number;
  /** The first of them. `event`: which it was, from 1; `text`: as it came. */
  readonly first: readonly { readonly event: number; readonly message: string; readonly text: string }[];
}
