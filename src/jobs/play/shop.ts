import type { Visit } from '../../simulator/visits/visited-market.ts';
import type { LogEvent, RankingEvent } from '../../slate/events.ts';

/** Whoever answers the visits of a simulated market: a server, a model in this program, or a rule of thumb. */
export interface Shop {
  /** The list that a visit is shown: `size` of its candidates, from the top. */
  show(visit: Visit, size: number): Promise<ShownList>;
  /** What happened, in the order of time. Resolves once the next answer knows of it. */
  tell(events: readonly LogEvent[]): Promise<void>;
}

/** A list as it is shown; of a shop that explores, with what is known of its chances. */
export interface ShownList extends Pick<RankingEvent, 'policy' | 'propensity'> {
  readonly items: readonly Pick<RankingEvent['items'][number], 'id' | 'propensity' | 'placePropensity'>[];
}
