import { isWhole, type Places } from '../../slate/places.ts';
import type { GenerationTask, ValuedSlate } from '../generator.ts';
import { beamGenerator, beamWidth } from './beam-generator.ts';
import { exhaustiveGenerator, slatesOf } from './exhaustive-generator.ts';
import { greedyGenerator } from './greedy-generator.ts';
import { climb } from './swap-generator.ts';
import { bestOf, valuedWithin, withNext } from './valued.ts';

export interface LongSearchOptions {
  /** Up to so many slates, all of them are looked at. */
  readonly limit: number;
  /** Partial slates the wide beam keeps; four times as many as a beam by itself, and 64 at least, unless told otherwise. */
  readonly width?: number;
  /** Local searches from the beam's best, and as many from random slates. */
  readonly starts?: number;
}

export interface BestKnown {
  readonly slate: ValuedSlate;
  /** 'exhaustive': there is no better one. 'search': none better was found. */
  readonly by: 'exhaustive' | 'search';
}

/**
 * The best slate that can be had with patience, to measure the gap of a generator against: every slate where `limit` allows it, else a wide beam and local searches from
 * its best, from a narrower beam's, from greedy's and from random slates drawn by `task.rng`.
 */
export async function bestKnown(task: GenerationTask, options: LongSearchOptions): Promise<BestKnown> {
  const { limit, starts = 4 } = options;
  const own = beamWidth(task.request.items.length);
  const width = options.width ?? Math.max(64, 4 * own);
  if (slatesOf(task) <= limit) {
    const [slate] = await exhaustiveGenerator({ limit }).generate({ ...task, count: 1 });
    return { slate, by: task.limit?.cut === undefined ? 'exhaustive' : 'search' };
  }
  const random = Array.from({ length: starts }, () => randomSlate(task));
  const found = [
    ...(await beamGenerator({ width }).generate({ ...task, count: starts })),
    ...(await beamGenerator({ width: own }).generate({ ...task, count: starts })),
    ...(await greedyGenerator.generate({ ...task, count: 1 })),
    ...(await valuedWithin(task, random)),
  ];
  const tops: ValuedSlate[] = [];
  for (const start of found) tops.push((await climb(task, start))[0]);
  const [slate] = bestOf(tops, 1);
  return { slate, by: 'search' };
}

/** Each place from the top by a fair draw from its choices; not every slate is equally likely. */
export function randomSlate({ rules, rng }: GenerationTask): Places {
  let places = rules.start;
  while (!isWhole(places)) {
    const choices = rules.choices(places);
    places = withNext(places, choices[rng.integer(choices.length)]);
  }
  return places;
}
