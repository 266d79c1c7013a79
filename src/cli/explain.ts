import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { influenceText } from '../evaluate/influence-text.ts';
import { createCandidateScorer } from '../scoring/candidate-scorer.ts';
import { influence, influenceToJson } from '../scoring/influence.ts';
import { loadModel } from '../scoring/model-folder.ts';
import type { RankingEvent } from '../slate/events.ts';
import { EXIT } from './exit-codes.ts';
import { allowRejectsOption, workersOption } from './options.ts';
import { forEachRequest } from './requests.ts';

interface ExplainOptions {
  readonly svg?: string;
  readonly workers: number;
  readonly allowRejects: number;
  readonly json?: boolean;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'For each slate: every click probability alone and in company, and what each item does to every other, found by leaving it out.',
    )
    .argument('<model>', 'model folder')
    .argument('<requests>', 'ranking events of JSON lines whose items are the slate, plain or .gz; - is standard input')
    .option('--svg <file>', 'heat map of the first slate')
    .addOption(workersOption())
    .addOption(allowRejectsOption())
    .option('--json', 'one JSON object a slate')
    .addHelpText('after', '\nExample:\n  slatewise explain models/a requests.jsonl --svg influence.svg')
    .action(async (folder: string, requests: string, options: ExplainOptions) => {
      const stored = await loadModel(folder);
      const scorer = await createCandidateScorer(stored, { workers: options.workers });
      let drawn = false;
      const explain = async (request: RankingEvent): Promise<void> => {
        const open = scorer.open(request);
        const places = Int32Array.from(request.items.keys());
        const found = await influence(places, open.score);
        const items = request.items.map(({ id }) => id);
        const text = options.json
          ? `${JSON.stringify({ list: request.id, items, ...influenceToJson(found) })}\n`
          : `${request.id}\n${influenceText(found, { names: items, color: process.stdout.isTTY === true })}\n`;
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
        if (options.svg === undefined || drawn) return;
        drawn = true;
        // The chart library takes a second to load; only this needs it.
        const { influenceChart } = await import('../evaluate/influence-chart.ts');
        await writeFile(options.svg, influenceChart(found, { names: items }).markup);
        process.stderr.write(`heat map: ${options.svg}\n`);
      };
      try {
        const rejected = await forEachRequest(requests, [stored.replay], explain);
        if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
      } finally {
        await scorer.close();
      }
    });
}
