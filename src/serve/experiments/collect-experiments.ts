/** The experiments of a journal: its answers, and what became of the lists that were shown. */
import type { ExperimentData, ExperimentUser, ShadowRow } from '../../measure/experiment/experiment-report.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createJoiner, joinDefaults } from '../../sources/join/join-interactions.ts';
import { impressionForm, type JoinedImpression, openImpression, type Settled } from '../../sources/join/joined.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { journalSource } from '../journal/journal-source.ts';
import { type AnsweredScores, type AnsweredUnits, answeredUnits, listKey } from './answered-units.ts';
import { createItemWorth, type ItemWorth } from './item-worth.ts';
import { assignedUnit } from './parts.ts';

export interface CollectOptions {
  /** Numeric field of an item that says what a click on it is worth. */
  readonly valueField?: string | undefined;
  /** Of a click after its list; half an hour unless told otherwise. Milliseconds. */
  readonly joinWindow?: number | undefined;
  /** Interaction types that count as a click; `click` unless told otherwise. */
  readonly labelTypes?: readonly string[] | undefined;
}

/** Reads beside a server that is writing. Throws `InputError` where there is no journal, a damaged one, or no item with such a value. */
export async function collectExperiments(
  journal: ReadableJournal,
  { valueField, joinWindow = joinDefaults.joinWindow, labelTypes = joinDefaults.labelTypes }: CollectOptions,
): Promise<readonly ExperimentData[]> {
  const answered = await answeredUnits(journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY)));
  if (answered.size === 0) return [];
  const tallies = [...answered].map(([name, units]) => createTally(name, units));
  const worth = createItemWorth(valueField);
  const joiner = createJoiner({ ...joinDefaults, joinWindow, labelTypes }, impressionForm);
  const settle = ({ impressions }: Settled): void => {
    for (const impression of impressions) {
      const shown = shownOf(impression, worth);
      for (const tally of tallies) tally.add(shown);
    }
  };
  // Who was answered is known before: what was shown later is compared with it.
  for await (const record of journalSource('journal', { joinWindow, labelTypes }, journal).records()) {
    if (!('event' in record)) continue;
    const { event, line, raw, shownAt } = record;
    if (event.event === 'item') worth.learn(event);
    try {
      if (event.event === 'ranking') settle(joiner.addList(openImpression(event, line), raw.length));
      else if (event.event === 'interaction') settle(joiner.addInteraction({ event, line, raw, shownAt }));
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
    }
  }
  settle(joiner.finish());
  worth.refuseUnknown();
  return tallies.map((tally) => tally.data(valueField));
}

/** A list that was shown, and what was clicked on it. */
interface Shown {
  readonly key: string;
  readonly unit: string;
  readonly isOfUser: boolean;
  readonly time: number;
  readonly items: readonly string[];
  /** One per click: when, and what it is worth; undefined where nothing says it. */
  readonly clicks: readonly { readonly time: number; readonly value: number | undefined }[];
}

function shownOf({ ranking, clickTimes }: JoinedImpression, worth: ItemWorth): Shown {
  const { id, user, time, items } = ranking;
  const clicks = items
    .map((item, at) => ({ time: clickTimes[at], value: worth.of(item) }))
    .filter(({ time: clicked }) => clicked >= 0);
  return {
    ...{ key: listKey(ranking), unit: assignedUnit({ user, id }), isOfUser: user !== '', time, clicks },
    items: items.map((item) => item.id),
  };
}

interface Sums {
  lists: number;
  clicks: number;
  value: number;
}

interface Tally {
  add(shown: Shown): void;
  data(valueField: string | undefined): ExperimentData;
}

function createTally(name: string, { units, lists, variants, expected }: AnsweredUnits): Tally {
  const now = new Map<string, Sums>();
  const past = new Map<string, Sums>();
  const shadows = new Map<string, ShadowRow>();
  let unvaluedClicks = 0;

  return {
    add(shown) {
      const unit = units.get(shown.unit);
      if (!unit) return;
      const scores = lists.get(shown.key);
      if (scores !== undefined) {
        addTo(now, shown.unit, shown.clicks);
        unvaluedClicks += shown.clicks.filter(({ value }) => value === undefined).length;
        if (scores) addShadows(scores, shown);
      } else if (shown.isOfUser && shown.time < unit.since)
        // What the user was answered with can have changed nothing of it.
        addTo(
          past,
          shown.unit,
          shown.clicks.filter(({ time }) => time < unit.since),
        );
    },
    data: (valueField) => ({
      ...{ name, variants, valueField, unvaluedClicks, shadows: [...shadows.values()] },
      users: [...units].map(([key, unit]): ExperimentUser => {
        const { variant, since: _, ...of } = unit;
        return { ...of, ...sumsOf(now, key), past: sumsOf(past, key), variant: variants.indexOf(variant) };
      }),
      expected: variants.map((variant) => expected.get(variant) ?? 0),
    }),
  };

  function addShadows(
    { shadows: scored, probabilities, ranking, items }: AnsweredScores,
    { items: shown, clicks }: Shown,
  ): void {
    // What was shown otherwise was not what they scored.
    const isSame = items.length === shown.length && items.every((item, at) => item === shown[at]);
    if (!isSame || probabilities.includes(null)) return;
    const answering = ranking === undefined ? (probabilities as readonly number[]) : scored.get(ranking);
    if (!answering) return;
    for (const [model, own] of scored) {
      if (model === ranking) continue;
      const before = shadows.get(model) ?? { lists: 0, clicks: 0, expected: 0, answering: 0 };
      shadows.set(model, {
        model,
        lists: before.lists + 1,
        clicks: before.clicks + clicks.length,
        expected: before.expected + total(own),
        answering: before.answering + total(answering),
      });
    }
  }
}

function addTo(sums: Map<string, Sums>, unit: string, clicks: Shown['clicks']): void {
  const own = sums.get(unit) ?? { lists: 0, clicks: 0, value: 0 };
  sums.set(unit, own);
  own.lists++;
  own.clicks += clicks.length;
  for (const { value } of clicks) own.value += value ?? 0;
}

const sumsOf = (sums: ReadonlyMap<string, Sums>, unit: string): Sums =>
  sums.get(unit) ?? { lists: 0, clicks: 0, value: 0 };

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
