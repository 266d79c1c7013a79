import type { OddNames } from '../../slate/odd-names.ts';
import type { JoinedBefore } from '../../sources/join/join-interactions.ts';
import type { JoinOptions } from '../../sources/join/joined.ts';
import type { Rejects } from '../../sources/rejects.ts';
import { DATASET_FORMAT, type ImportSummary, type InteractionTypes } from '../folder/import-summary.ts';
import type { MetadataRow } from '../folder/write-dataset.ts';
import { createDoubts, type DoubtOptions, type SavedDoubts } from './import-doubts.ts';
import { otherSpellings, type TypeCounter, unseenLabels } from './label-types.ts';
import type { CountedList } from './list-facts.ts';
import { createToldFields, type SavedToldFields } from './told-fields.ts';

export interface FinishedPass {
  readonly lines: number;
  readonly joiner: JoinedBefore;
  readonly odd: OddNames;
  readonly types: TypeCounter;
}

/** What a pass over a log has counted. */
export interface Facts {
  readonly lists: number;
  observe(list: CountedList): void;
  metadata(kind: 'item' | 'user', row: MetadataRow): void;
  finish(pass: FinishedPass): void;
  summary(source: string, rejects: Pick<Rejects, 'count' | 'byReason' | 'kept'>): ImportSummary;
  /** A list that was observed before has now other clicks. */
  clicksChanged(before: number, now: number): void;
  /** What those of a later import go on from. */
  save(): SavedFacts;
}

export interface SavedFacts {
  readonly shown: ReadonlySet<string>;
  readonly described: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
  readonly asking: ReadonlySet<string>;
  readonly known: Readonly<Record<'item' | 'user', SavedToldFields>>;
  readonly doubts: SavedDoubts;
  readonly counts: Readonly<Record<CountName, number>>;
  readonly firstTime: number;
  readonly lastTime: number;
}

type CountName =
  | 'lines'
  | 'lists'
  | 'listsWithoutClick'
  | 'shownItems'
  | 'clicks'
  | 'otherInteractions'
  | 'itemEvents'
  | 'userEvents'
  | 'longestList';

export function createFacts({
  joinWindow,
  labelTypes,
  firstPosition,
  saved,
}: Pick<JoinOptions, 'joinWindow' | 'labelTypes'> & DoubtOptions & { readonly saved?: SavedFacts | undefined }): Facts {
  const shown = new Set(saved?.shown);
  const described = new Set(saved?.described);
  const users = new Set(saved?.users);
  const asking = new Set(saved?.asking);
  const known = { item: createToldFields(saved?.known.item), user: createToldFields(saved?.known.user) };
  const doubts = createDoubts({ firstPosition }, saved?.doubts);
  let warnings: readonly string[] = [];
  let interactionTypes: InteractionTypes = {};
  const counts = {
    lines: 0,
    lists: 0,
    listsWithoutClick: 0,
    shownItems: 0,
    clicks: 0,
    otherInteractions: 0,
    itemEvents: 0,
    userEvents: 0,
    longestList: 0,
    ...saved?.counts,
  };
  const linesBefore = counts.lines;
  let firstTime = saved?.firstTime ?? Number.POSITIVE_INFINITY;
  let lastTime = saved?.lastTime ?? 0;
  return {
    get lists() {
      return counts.lists;
    },
    observe({ time, length, clicks, lowestPosition, items, user }) {
      doubts.list(time, lowestPosition);
      counts.lists++;
      counts.shownItems += length;
      counts.longestList = Math.max(counts.longestList, length);
      counts.clicks += clicks;
      if (clicks === 0) counts.listsWithoutClick++;
      for (const item of items) shown.add(item);
      if (user !== undefined) {
        users.add(user);
        if (user !== '') asking.add(user);
      }
      firstTime = Math.min(firstTime, time);
      lastTime = Math.max(lastTime, time);
    },
    clicksChanged(before, now) {
      counts.clicks += now - before;
      if (before === 0 && now > 0) counts.listsWithoutClick--;
    },
    save: () => ({
      ...{ shown, described, users, asking, counts, firstTime, lastTime },
      known: { item: known.item.save(), user: known.user.save() },
      doubts: doubts.save(),
    }),
    metadata(kind, { id, time, fields }) {
      known[kind].observe(id, fields);
      doubts.metadata(kind, time);
      counts[kind === 'item' ? 'itemEvents' : 'userEvents']++;
      (kind === 'item' ? described : users).add(id);
    },
    finish({ lines, joiner, odd, types }) {
      interactionTypes = types.result();
      const unseen = unseenLabels({ labelTypes, interactionTypes });
      counts.lines = linesBefore + lines;
      counts.otherInteractions = joiner.otherInteractions;
      warnings = [
        ...doubts.warnings(joiner.sharedIds),
        ...odd.notes(),
        ...otherSpellings({ labelTypes, interactionTypes }),
      ];
      // A log without any interaction is one of requests.
      if (unseen !== undefined && Object.keys(interactionTypes).length > 0) warnings = [...warnings, unseen];
    },
    summary: (source, rejects) => ({
      format: DATASET_FORMAT,
      source,
      joinWindow,
      labelTypes,
      firstPosition,
      ...counts,
      interactionTypes,
      items: new Set([...shown, ...described]).size,
      users: users.size,
      itemsWithoutMetadata: [...shown].filter((id) => !described.has(id)).length,
      inLists: {
        item: { count: shown.size, with: known.item.countAmong(shown) },
        user: { count: asking.size, with: known.user.countAmong(asking) },
      },
      firstTime: counts.lists > 0 ? firstTime : 0,
      lastTime,
      rejected: rejects.count,
      rejectedByReason: rejects.byReason,
      rejectedKept: rejects.kept,
      warnings,
    }),
  };
}

/** What is wrong with a log in which nothing was shown. `first`: of the rejected lines. */
export function withoutLists(
  log: string,
  { lines, rejected }: Pick<ImportSummary, 'lines' | 'rejected'>,
  first = '',
): string {
  const told = first === '' ? '' : `, the first: ${first}`;
  const among = rejected > 0 ? ` (${rejected} rejected${told})` : '';
  return `${log}: expected at least one ranking event, found none in ${lines} lines${among}; docs/your-data.md has the event format`;
}
