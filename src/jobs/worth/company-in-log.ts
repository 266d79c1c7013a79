import type { Dataset } from '../../datasets/folder/dataset.ts';
import { checkArgument } from '../../slate/check-argument.ts';
import type { RankingEvent } from '../../slate/events.ts';

/** What a log shows of company, known before any training. */
export interface CompanyInLog {
  readonly lists: number;
  /** Nobody has company there. */
  readonly listsOfOne: number;
  /** Different sets of items. */
  readonly sets: number;
  /** Share of the shown items, of those shown more than once, whose item stood in another company at its first showing. */
  readonly changing: number;
  /** On lists of two items or more. */
  readonly clicks: number;
}

/** Reads all lists once. */
export async function companyInLog(dataset: Pick<Dataset, 'rows'>): Promise<CompanyInLog> {
  checkArgument(dataset, 'companyInLog', {
    expected: 'a data set',
    remedy: 'give the dataset of what prepare returns',
    parts: ['rows'],
  });
  const sets = new Set<string>();
  const firstSetOf = new Map<string, string>();
  const counts = { lists: 0, listsOfOne: 0, clicks: 0, again: 0, changed: 0 };
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression') continue;
    const { ranking, clickTimesK } = row.impression;
    counts.lists++;
    if (ranking.items.length < 2) counts.listsOfOne++;
    else counts.clicks += clickTimesK.filter((time) => time >= 0).length;
    const set = setOf(ranking);
    sets.add(set);
    for (const { id } of ranking.items) {
      const first = firstSetOf.get(id);
      if (first === undefined) firstSetOf.set(id, set);
      else {
        counts.again++;
        if (first !== set) counts.changed++;
      }
    }
  }
  const { lists, listsOfOne, clicks, again, changed } = counts;
  return { ...{ lists, listsOfOne, clicks }, sets: sets.size, changing: again === 0 ? 0 : changed / again };
}

const setOf = ({ items }: RankingEvent): string =>
  JSON.stringify(items.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1)));

/** Why no training on this log can tell what company is worth; undefined where one can. */
export function whySilent(company: CompanyInLog): string | undefined {
  checkArgument(company, 'whySilent', {
    expected: 'what a log shows of company',
    remedy: 'give what companyInLog returns',
    parts: ['lists', 'sets'],
  });
  const { lists, listsOfOne, sets, changing, clicks } = company;
  if (listsOfOne === lists) return 'every list has one item, so no item ever has company';
  if (clicks === 0) return 'no list of two items or more has a click';
  if (sets === 1)
    return 'every list has the same items, so what an item owes to the others cannot be told from what it owes to itself';
  if (changing === 0)
    return 'every item always stands with the same others, so what it owes to them cannot be told from what it owes to itself';
  return undefined;
}
