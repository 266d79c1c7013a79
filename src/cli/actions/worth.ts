import { judgeWorth } from '../../jobs/worth/judge-worth.ts';
import { worthText } from '../../print/text/worth-text.ts';
import { POINTWISE, type StudyArguments, studyCompany } from '../company-study.ts';
import { printJson } from '../print-json.ts';

export interface WorthArguments extends StudyArguments {
  /** In per cent. */
  readonly least: number;
}

export const runWorth = (data: string, options: WorthArguments): Promise<void> =>
  studyCompany(data, options, {
    silent: (why, company) => ({ verdict: 'cannot tell', why, company }),
    run: (prepared, runs) => judgeWorth(prepared, { ...runs, least: options.least / 100 }),
    tell(worth, { list: { recipe }, company }) {
      const { seeds, json } = options;
      if (json) printJson({ ...worth, recipe, pointwise: POINTWISE, seeds, company });
      else process.stdout.write(`${worthText(worth, { recipe, seeds })}\n`);
    },
  });
