import type { SlateBatch } from '../encoding/columns/encoded-slates.ts';
import type { RankingEvent } from '../slate/events.ts';

/** A whole list in its order, or candidates that lists are made of. */
export type AskedAs = 'list' | 'candidates';

/** Is told of every list that is asked for, in the order of asking, at the moment whose memory it is answered from; `batch` is what the scorer reads of it, candidates as one list. */
export type OnAsked = (request: RankingEvent, as: AskedAs, batch: () => SlateBatch) => void;
