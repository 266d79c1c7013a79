/** A model as others can use it without this program: one ONNX file, its memory as tables, a Python module that turns rows into inputs, and a card. */
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodersToJson } from '../encoding/encoders/encoders.ts';
import { EXPORT_FOLDER, EXPORT_FILES as FILES } from '../files/folder-kinds.ts';
import { replaceFolder } from '../files/output-folder.ts';
import { refuseInside } from '../files/outputs.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { createSlateScorer } from '../scoring/slate-scorer.ts';
import { eventToJson } from '../slate/event-to-json.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { type ExportSummary, largestDifference, TOLERANCE } from './check-export.ts';
import { exportedGraph } from './exported-graph.ts';
import { writeMemoryTables } from './memory-tables.ts';
import { modelCard } from './model-card.ts';
import { sampleRequests } from './sample-requests.ts';
import { encodeTo } from './write-onnx.ts';

/** Changes when the Python module of one version cannot read the export of another. */
export const EXPORT_FORMAT = 1;

/** The module lies in the package, beside `src/` and `dist/`. */
const PYTHON_MODULE = fileURLToPath(new URL('../../python/slatewise_model', import.meta.url));

export interface ExportOptions {
  /** Bytes of constants beyond which they lie beside the ONNX file. */
  readonly inlineBytes?: number;
}

/** Writes the folder, which appears only when it is complete and answers as the model does. Throws `InputError` where it does not. */
export async function exportModel(
  folder: string,
  stored: StoredModel,
  options: ExportOptions = {},
): Promise<ExportSummary> {
  await refuseInside(folder);
  return replaceFolder(folder, EXPORT_FOLDER, async (building) => {
    const graph = exportedGraph(stored);
    const onnx = join(building, FILES.scorer);
    await encodeTo(onnx, graph, options);
    await writeMemoryTables(building, stored);
    await writeFile(join(building, FILES.features), `${JSON.stringify(featuresJson(stored))}\n`);
    await cp(PYTHON_MODULE, join(building, FILES.module), {
      recursive: true,
      filter: (path) => !path.includes('__pycache__'),
    });
    const requests = sampleRequests(stored);
    const difference = requests.length === 0 ? 0 : await largestDifference(onnx, stored, requests);
    if (!(difference <= TOLERANCE))
      throw new InputError(
        `${folder}: expected the exported file to answer as the model does, found probabilities that differ by ${difference}; nothing was written: please tell us`,
        'other-model',
      );
    await writeFile(join(building, FILES.checks), await checkLines(stored, requests));
    await writeFile(join(building, FILES.card), modelCard(stored, graph, { lists: requests.length, difference }));
    const mark = { slatewise: 'export', format: EXPORT_FORMAT, scorer: stored.model.scorer.name };
    await writeFile(join(building, EXPORT_FOLDER.mark), `${JSON.stringify(mark)}\n`);
    return { lists: requests.length, difference };
  });
}

/** What the module must know beside the graph to tell what a memory knows of a list. */
function featuresJson({ features, encoder, model }: StoredModel): object {
  const { graph, historyLength, encoders } = features;
  return {
    format: EXPORT_FORMAT,
    historyLength,
    listLength: model.config.listLength,
    graph: model.scorer.seesGraph && graph ? graph : null,
    columns: encoder.columns,
    encoders: encodersToJson(encoders),
  };
}

/** Requests, each with what `score` says of it. */
async function checkLines(stored: StoredModel, requests: readonly RankingEvent[]): Promise<string> {
  const scorer = await createSlateScorer(stored);
  try {
    const scores = await scorer.score(requests);
    return requests
      .map((request, at) => {
        const { items, expectedClicks, anyClick } = scores[at];
        const probabilities = items.map(({ probability }) => probability);
        return `${JSON.stringify({ request: eventToJson(request), probabilities, expectedClicks, anyClick })}\n`;
      })
      .join('');
  } finally {
    await scorer.close();
  }
}
