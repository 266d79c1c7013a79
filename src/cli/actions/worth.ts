import { judgeWorth } from '../../jobs/worth/judge-worth.ts';
import { worthText } from '../../print/text/worth-text.ts';
import { POINTWISE, type StudyArguments, studyCompany } from '../company-study.ts';

export interface WorthArguments extends StudyArguments {
  /** In per cent. */
  readonly least: number;
}

export const runWorth = (data: string, options: WorthArguments): Promise<void> =>
  studyCompany(data, options, {
    name: 'worth',
    silent: (why, company) => ({ verdict: 'cannot tell', why, company }),
    run: (prepared, runs) => judgeWorth(prepared, { ...runs, least: options.least / 100 }),
    json: (worth, { list: { recipe }, company }) => ({
      ...worth,
      ...{ recipe, pointwise: POINTWISE, seeds: options.seeds, company },
    }),
    tell: (worth, { list: { recipe } }) => worthText(worth, { recipe, seeds: options.seeds }),
  });
