/** The market as a shop meets it: who comes when, looking for what, and what they click of what they are shown. Legend: K slate. */
import { createRng, type Rng } from '../../random/rng.ts';
import type { InteractionEvent, LogEvent } from '../../slate/events.ts';
import { effectsOf, slateProbabilities } from '../choice-model.ts';
import { SIMULATED_SPAN } from '../simulate.ts';
import { createWorld, START, type World, type WorldItem, type WorldUser } from '../world.ts';
import { checkVisits } from './check-visits.ts';
import { shiftTastes } from './shift-tastes.ts';
import type { VisitsOptions } from './visits-options.ts';

/** Somebody has come, and a list is wanted. */
export interface Visit {
  /** The same in every run with the same seed. */
  readonly id: string;
  /** Epoch milliseconds of the simulated time. */
  readonly time: number;
  readonly user: WorldUser;
  /** What the list can be made of. */
  readonly candidates: readonly WorldItem[];
}

/** A market that is visited. What is shown decides what is clicked, and nothing else does: not who else comes, nor when. Days are counted from 1. */
export interface VisitedMarket {
  /** All that is on sale that day, and everybody: what a shop must be told before it meets the market. */
  everythingOn(day: number): readonly LogEvent[];
  /** What came on sale that morning. */
  newsOf(day: number): readonly LogEvent[];
  visitsOf(day: number): readonly Visit[];
  /** True click probability of each item shown, from the top. */
  probabilities(visit: Visit, shown: readonly WorldItem[]): Float64Array;
  /** The clicks, in the order of their time. An item with the same probability in two lists of the same visit is clicked in both or in neither. */
  clicks(visit: Visit, shown: readonly WorldItem[]): readonly InteractionEvent[];
}

const DAY = 86_400_000;
/** The first day follows the weeks of a log of the same seed, so that a model that learned from that log can be met. */
const FIRST_DAY = START + SIMULATED_SPAN;

const startOf = (day: number): number => FIRST_DAY + (day - 1) * DAY;

/** Throws `InputError` for options that are not valid. */
export function visitedMarket(options: VisitsOptions): VisitedMarket {
  checkVisits(options);
  const { newItems = 0, shiftDay = Number.POSITIVE_INFINITY, shift } = options;
  const rng = createRng(options.seed).split('visits');
  const effects = effectsOf(options);
  const onSale = (day: number): number => options.items + newItems * (day - 1);

  /** Items are made one after the other: those of a day are the first of those of a later day. */
  function worldOf(day: number): World {
    const world = createWorld({ ...options, items: onSale(day) });
    return day < shiftDay ? world : { ...world, users: world.users.map((user) => shiftTastes(user, shift)) };
  }

  const told = (items: readonly WorldItem[], time: number): readonly LogEvent[] =>
    items.map(({ id, fields }) => ({ event: 'item', item: id, time, fields }));

  return {
    everythingOn(day) {
      const { items, users } = worldOf(day);
      // A second before the day: the first visit knows of them.
      const time = startOf(day) - 1000;
      return [
        ...told(items, time),
        ...users.map(({ id, fields }): LogEvent => ({ event: 'user', user: id, time, fields })),
      ];
    },
    newsOf(day) {
      const before = day === 1 ? 0 : onSale(day - 1);
      return told(worldOf(day).items.slice(before), startOf(day) - 1000);
    },
    visitsOf(day) {
      const world = worldOf(day);
      const gap = DAY / options.visits;
      const ofDay = rng.split(day);
      return Array.from({ length: options.visits }, (_, n) => {
        const own = ofDay.split(n);
        return {
          id: `s${options.seed}-d${day}-v${n + 1}`,
          time: Math.floor(startOf(day) + (n + own.next()) * gap),
          // As in a log: a few come often.
          user: world.users[Math.floor(world.users.length * own.next() ** 2)],
          candidates: someOf(own, world.items, options.candidates),
        };
      });
    },
    probabilities: ({ user }, shown) => slateProbabilities(user, shown, { effects }),
    clicks(visit, shown) {
      const probabilitiesK = slateProbabilities(visit.user, shown, { effects });
      const ofVisit = rng.split(visit.id);
      return shown
        .flatMap(({ id }, k): InteractionEvent[] => {
          const own = ofVisit.split(id);
          if (own.next() >= probabilitiesK[k]) return [];
          const time = visit.time + 1000 + own.integer(20_000);
          return [{ event: 'interaction', ranking: visit.id, time, user: visit.user.id, item: id, type: 'click' }];
        })
        .sort((a, b) => a.time - b.time);
    },
  };
}

/** So many different ones, each as likely, in any order. */
function someOf<T>(rng: Rng, all: readonly T[], count: number): readonly T[] {
  const left = all.slice();
  for (let at = 0; at < count; at++) {
    const pick = at + rng.integer(left.length - at);
    [left[at], left[pick]] = [left[pick], left[at]];
  }
  return left.slice(0, count);
}
