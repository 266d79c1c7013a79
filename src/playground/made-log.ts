import { effectDefaults } from '../simulator/choice-model.ts';
import { simulateDrinks } from '../simulator/drinks.ts';
import { type SimulatedRow, simulate, type TruthRow } from '../simulator/simulate.ts';
import type { LogEvent } from '../slate/events.ts';
import type { TruthSettings } from './truth-settings.ts';

/** A log that was made up, and what is true of each of its lists, by the list's id. */
export interface MadeLog {
  readonly events: readonly LogEvent[];
  readonly truth: ReadonlyMap<string, TruthRow>;
}

export function makeLog(settings: TruthSettings): MadeLog {
  const events: LogEvent[] = [];
  const truth = new Map<string, TruthRow>();
  for (const row of rowsOf(settings)) {
    if ('truth' in row) truth.set(row.truth.list, row.truth);
    else events.push(row.event);
  }
  return { events, truth };
}

function rowsOf({ scene, lists, seed, size, ...truth }: TruthSettings): Iterable<SimulatedRow> {
  if (scene === 'drinks') return simulateDrinks({ impressions: lists, seed, truth });
  const { company, position, odds } = truth;
  return simulate({
    ...{ impressions: lists, seed, slateSize: size, ...MARKET },
    ...{ company, position, base: effectDefaults.base + Math.log(odds) },
  });
}

/** Few enough that each is met often in the lists of a visit. */
const MARKET = { items: 60, users: 300, categories: 4 };
