import { describe, expect, it } from 'vitest';
import type { Dataset, DatasetRow } from '../../datasets/folder/dataset.ts';
import { companyInLog, whySilent } from './company-in-log.ts';

/** A data set of lists written as the letters of their items; capitals are clicked. */
function datasetOf(...lists: string[]): Dataset {
  const rows = lists.map((letters, index): DatasetRow => {
    const items = [...letters.toLowerCase()].map((id) => ({ id, fields: {} }));
    const clickTimesK = Float64Array.from(letters, (letter) => (letter === letter.toUpperCase() ? index + 0.5 : -1));
    return {
      kind: 'impression',
      index,
      impression: {
        ranking: { event: 'ranking', id: `${index}`, time: index, user: 'u', fields: {}, items },
        clickTimesK,
      },
    };
  });
  return {
    rows: async function* () {
      yield* rows;
    },
  } as unknown as Dataset;
}

const whyOf = async (...lists: string[]): Promise<string | undefined> =>
  whySilent(await companyInLog(datasetOf(...lists)));

describe('what a log shows of company', () => {
  it('counts lists, sets whatever their order, and items that change company', async () => {
    expect(await companyInLog(datasetOf('Ab', 'bA', 'aC', 'D'))).toEqual({
      ...{ lists: 4, listsOfOne: 1, sets: 3, clicks: 3 },
      // Shown again: a and b with each other, then a with c.
      changing: 1 / 3,
    });
  });

  it.each<[string, string[], RegExp | undefined]>([
    ['lists of one item', ['A', 'b', 'C'], /every list has one item/],
    ['one list shown again and again', ['Abc', 'cAb', 'bcA'], /every list has the same items/],
    ['lists that share no item', ['Ab', 'cD', 'ab', 'cd'], /every item always stands with the same others/],
    ['items that are shown once', ['Ab', 'cD', 'eF'], /every item always stands with the same others/],
    ['lists without a click', ['ab', 'bc', 'A'], /no list of two items or more has a click/],
    ['lists that change', ['Ab', 'aC', 'bc'], undefined],
  ])('tells before any training whether it can answer: %s', async (_, lists, why) => {
    if (why === undefined) expect(await whyOf(...lists)).toBeUndefined();
    else expect(await whyOf(...lists)).toMatch(why);
  });
});
