import { dirname } from 'node:path';
import { EFFECTS_TABLE, PICTURE } from '../../files/file-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import type { Output } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { findEffects } from '../../jobs/effects/find-effects.ts';
import type { EffectsReport } from '../../measure/effects-report.ts';
import { partnerChart } from '../../print/charts/partner-chart.ts';
import { effectsCsv } from '../../print/csv/effects-csv.ts';
import { effectsText } from '../../print/text/effects-text.ts';
import { POINTWISE, type StudyArguments, studyCompany } from '../company-study.ts';
import { writeHeatMap } from '../write-heat-map.ts';

export interface EffectsArguments extends StudyArguments {
  readonly by?: readonly string[];
  readonly price?: string;
  readonly quality?: string;
  readonly within?: string;
  readonly proposals: number;
  readonly csv?: string;
  readonly svg?: string;
}

export function runEffects(data: string, options: EffectsArguments): Promise<void> {
  const { by = [], price, quality, within, proposals, seeds } = options;
  return studyCompany(data, options, {
    name: 'effects',
    outputs: outputsOf(options),
    silent: (why) => ({ why }),
    run: (prepared, runs) => findEffects(prepared, { ...runs, by, proposals, classical: { price, quality, within } }),
    json: (report, { list: { recipe } }) => ({ ...report, recipe, pointwise: POINTWISE, seeds }),
    async tell(report, { list: { recipe } }) {
      await writeFiles(report, options);
      return effectsText(report, { recipe });
    },
  });
}

const outputsOf = ({ csv, svg }: EffectsArguments): readonly Output[] => [
  ...(csv === undefined ? [] : [{ path: csv, file: EFFECTS_TABLE }]),
  ...(svg === undefined ? [] : [{ path: svg, file: PICTURE }]),
];

async function writeFiles(report: EffectsReport, { by: [field] = [], csv, svg }: EffectsArguments): Promise<void> {
  if (csv !== undefined) {
    await makeFolder(dirname(csv));
    await writeText(csv, effectsCsv(report));
    process.stderr.write(`table: ${csv}\n`);
  }
  const partners = report.families.find(({ by }) => by === field)?.partners;
  if (svg !== undefined && partners) await writeHeatMap(svg, partnerChart(partners, { by: field }));
}
