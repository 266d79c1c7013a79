/** What was shown and clicked in each of the last minutes, against what was expected, and by variant of the experiments. In mind only: a start begins at nothing. */
import type { JournalEntry } from '../journal/entry.ts';
import { createLatestLists, type LatestLists, takeUnclicked, type Unclicked, unclicked } from './latest-lists.ts';
import type { AnsweredNow } from './recent-lists.ts';

const MINUTE = 60_000;
/** Minutes that are told. */
const KEPT = 60;
/** Answers that may still be shown, and lists that clicks may still come for; beyond, the oldest are forgotten. */
const WAITING = 20_000;

/** Of one minute. Clicks count in the minute of their list in `answeredClicks`, and in that of their own in `clicks`. */
export interface LiveMinute {
  /** Epoch milliseconds. */
  readonly from: number;
  lists: number;
  shownItems: number;
  clicks: number;
  /** Of lists that were shown as answered: items, clicks that were expected on them, and clicks that came. */
  answeredItems: number;
  expectedClicks: number;
  answeredClicks: number;
}

export interface VariantCount {
  readonly experiment: string;
  readonly variant: string;
  lists: number;
  /** Lists with a click. */
  clickedLists: number;
  clicks: number;
}

export interface LiveMinutes {
  answered(answer: AnsweredNow): void;
  enter(entry: JournalEntry): void;
  /** The last hour, the oldest first, without gaps. */
  minutes(now: number): readonly LiveMinute[];
  variants(): readonly VariantCount[];
}

interface Waiting {
  readonly expected: number;
  readonly variants: readonly VariantCount[];
}

interface Open {
  readonly minute: LiveMinute;
  /** Whose clicks are still to come. */
  readonly items: Unclicked;
  readonly answer: Waiting | undefined;
  isClicked: boolean;
}

const minuteFrom = (from: number): LiveMinute => ({
  ...{ from, lists: 0, shownItems: 0, clicks: 0 },
  ...{ answeredItems: 0, expectedClicks: 0, answeredClicks: 0 },
});

export function createLiveMinutes(labelTypes: () => readonly string[]): LiveMinutes {
  const minutes = new Map<number, LiveMinute>();
  const answers = createLatestLists<Waiting>();
  const open = createLatestLists<Open>();
  const variants = new Map<string, VariantCount>();

  function minuteOf(time: number): LiveMinute {
    const from = Math.floor(time / MINUTE) * MINUTE;
    const found = minutes.get(from);
    if (found) return found;
    const made = minuteFrom(from);
    minutes.set(from, made);
    for (const each of minutes.keys()) if (each <= from - KEPT * MINUTE) minutes.delete(each);
    return made;
  }

  function variantOf(experiment: string, variant: string): VariantCount {
    const key = JSON.stringify([experiment, variant]);
    const count = variants.get(key) ?? { experiment, variant, lists: 0, clickedLists: 0, clicks: 0 };
    variants.set(key, count);
    return count;
  }

  function show(id: string, items: readonly { readonly id: string }[], arrivedAt: number): void {
    if (open.get(id)) return;
    const minute = minuteOf(arrivedAt);
    const answer = answers.get(id);
    answers.remove(id);
    minute.lists++;
    minute.shownItems += items.length;
    if (answer) {
      minute.answeredItems += items.length;
      minute.expectedClicks += answer.expected;
      for (const count of answer.variants) count.lists++;
    }
    open.add(id, { minute, answer, items: unclicked(items), isClicked: false });
    forgetBeyond(open);
  }

  function click(id: string, item: string, arrivedAt: number): void {
    minuteOf(arrivedAt).clicks++;
    const list = open.get(id);
    if (!list || !takeUnclicked(list.items, item) || !list.answer) return;
    list.minute.answeredClicks++;
    for (const count of list.answer.variants) {
      count.clicks++;
      if (!list.isClicked) count.clickedLists++;
    }
    list.isClicked = true;
  }

  return {
    answered({ request, items, experiments = {} }) {
      answers.add(request.id, {
        expected: items.reduce((sum, { probability }) => sum + (probability ?? 0), 0),
        variants: Object.entries(experiments).map(([experiment, variant]) => variantOf(experiment, variant)),
      });
      forgetBeyond(answers);
    },
    enter(entry) {
      if (entry.kind !== 'event') return;
      const { event, arrivedAt } = entry;
      if (event.event === 'ranking') show(event.id, event.items, arrivedAt);
      if (event.event === 'interaction' && labelTypes().includes(event.type))
        click(event.ranking, event.item, arrivedAt);
    },
    minutes(now) {
      const last = Math.floor(now / MINUTE) * MINUTE;
      return Array.from({ length: KEPT }, (_, at) => {
        const from = last - (KEPT - 1 - at) * MINUTE;
        return minutes.get(from) ?? minuteFrom(from);
      });
    },
    variants: () => [...variants.values()],
  };
}

function forgetBeyond(kept: LatestLists<unknown>): void {
  while (kept.size > WAITING) kept.removeOldest();
}
