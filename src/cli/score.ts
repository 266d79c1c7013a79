import { once } from 'node:events';
import { Command } from 'commander';
import { readEventLog } from '../data/event-log.ts';
import { loadModel } from '../scoring/model-folder.ts';
import { createSlateScorer, type SlateScore } from '../scoring/slate-scorer.ts';
import type { RankingEvent } from '../slate/events.ts';
import { EXIT } from './exit-codes.ts';
import { allowRejectsOption, workersOption } from './options.ts';

interface ScoreOptions {
  readonly slates?: boolean;
  readonly workers: number;
  readonly allowRejects: number;
}

/** Requests scored together. */
const CHUNK = 512;

export function scoreCommand(): Command {
  return new Command('score')
    .description(
      'Score lists: one JSON row per item, {list, item, probability, rank}, in the order of the input; then the list as a whole.',
    )
    .argument('<model>', 'model folder')
    .argument(
      '<requests>',
      'ranking events of JSON lines, plain or .gz; - is standard input. Item and user events before them update what the model knows',
    )
    .option('--slates', 'print only the lists as a whole: {list, expectedClicks, anyClick}')
    .addOption(workersOption())
    .addOption(allowRejectsOption())
    .option('--json', 'accepted for symmetry; the output is always JSON lines')
    .addHelpText('after', '\nExample:\n  slatewise score models/a requests.jsonl > scores.jsonl')
    .action(async (folder: string, requests: string, options: ScoreOptions) => {
      const stored = await loadModel(folder);
      const scorer = await createSlateScorer(stored, { workers: options.workers });
      let rejected = 0;
      let chunk: RankingEvent[] = [];
      const flush = async (): Promise<void> => {
        for (const score of await scorer.score(chunk)) await printScore(score, options.slates === true);
        chunk = [];
      };
      try {
        for await (const entry of readEventLog(requests)) {
          if ('reason' in entry) {
            rejected++;
            process.stderr.write(`line ${entry.line} rejected (${entry.reason}): ${entry.message}\n`);
            continue;
          }
          const { event } = entry;
          if (event.event === 'ranking') chunk.push(event);
          else if (event.event === 'item' || event.event === 'user') {
            // Requests read so far were made before this was known.
            await flush();
            if (event.event === 'item') stored.replay.applyItem(event);
            else stored.replay.applyUser(event);
          }
          if (chunk.length >= CHUNK) await flush();
        }
        await flush();
      } finally {
        await scorer.close();
      }
      if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
    });
}

async function printScore({ list, items, expectedClicks, anyClick }: SlateScore, slatesOnly: boolean): Promise<void> {
  const rows: unknown[] = slatesOnly ? [] : [...items];
  rows.push({ list, expectedClicks, anyClick });
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
