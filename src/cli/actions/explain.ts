import { PICTURE } from '../../files/file-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { influenceChart } from '../../print/charts/influence-chart.ts';
import { influenceText } from '../../print/text/influence-text.ts';
import { inCompany } from '../../scoring/average-company.ts';
import { createCandidateScorer } from '../../scoring/candidate-scorer.ts';
import { influence, influenceToJson } from '../../scoring/influence.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { pagePlaces } from '../../scoring/page-places.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Places } from '../../slate/places.ts';
import { requestName } from '../../slate/request-name.ts';
import { kindsIn } from '../asked-settings.ts';
import { EXIT } from '../exit-codes.ts';
import { createReporter } from '../progress.ts';
import { forEachRequest, printAnswer, tellRejected } from '../requests.ts';
import { writeHeatMap } from '../write-heat-map.ts';

export interface ExplainArguments {
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly svg?: string;
  readonly label?: string;
  readonly workers: number;
  readonly allowRejects: number;
  readonly firstPosition?: number;
  readonly json?: boolean;
}

export async function runExplain(folder: string, requests: string, options: ExplainArguments): Promise<void> {
  if (options.svg !== undefined) {
    await checkOutputs([{ path: options.svg, file: PICTURE }], {
      inputs: [requests, folder],
      note: createReporter().note,
    });
  }
  const kinds = await kindsIn(options);
  const stored = await loadModel(folder, kinds);
  const scorer = await createCandidateScorer(stored, { workers: options.workers });
  /** By place: the field of `--label`, as the request gives it or as it is known. */
  const notesOf = ({ items }: RankingEvent, places: Places): readonly string[] => {
    const { label } = options;
    if (label === undefined) return [];
    return Array.from(places, (at) => {
      const item = items[at];
      const value = item && (item.fields[label] ?? stored.memory.items.fieldsOf(item.id)?.[label]);
      return value === undefined ? '' : `${label} ${value}`;
    });
  };
  let drawn = false;
  let unfit = 0;
  const explain = async (request: RankingEvent, line: number): Promise<void> => {
    let places: Places;
    try {
      places = pagePlaces(request);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // As a line that is no request at all: it does not cost the others their answers.
      unfit++;
      tellRejected({ line, reason: 'bad-slate', message: error.message });
      if (options.json) await printAnswer(`${JSON.stringify({ request: request.id, error: error.message })}\n`);
      return;
    }
    const { clock } = stored.memory;
    const { request: widened, companies } = inCompany(request, stored.lists ?? []);
    const open = scorer.open(widened);
    const found = await influence(places, (slates) => open.score(slates, { missing: 'nothing' }), { companies });
    const names = Array.from(places, (item) => request.items[item]?.id ?? '');
    const text = options.json
      ? `${JSON.stringify({ request: request.id, ...(request.time < clock ? { asOf: clock } : {}), ...influenceToJson(found, names) })}\n`
      : `${request.id}\n${influenceText(found, { names, color: process.stdout.isTTY === true })}\n`;
    await printAnswer(text);
    if (options.svg === undefined || drawn) return;
    drawn = true;
    const notes = notesOf(request, places);
    if (options.label !== undefined && notes.every((note) => note === ''))
      process.stderr.write(
        `--label ${options.label}: no item of ${requestName(request.id)} has this field, so the picture has no labels; check its name\n`,
      );
    const picture = influenceChart(found, {
      names,
      notes,
      title: `Request ${request.id}: what each item does to the others' clicks`,
    });
    await writeHeatMap(options.svg, picture);
  };
  try {
    const { features, memory } = stored;
    const rejected = await forEachRequest(requests, {
      features,
      memories: [memory],
      answer: explain,
      refusesFar: true,
      firstPosition: options.firstPosition,
    });
    if (rejected + unfit > options.allowRejects) process.exitCode = EXIT.rejects;
    if (options.svg !== undefined && !drawn)
      process.stderr.write(`${options.svg}: not drawn, ${requests} has no slate that can be read\n`);
  } finally {
    await scorer.close();
  }
}
