import { loadModel } from '../../scoring/model-folder.ts';
import type { SlateScore } from '../../scoring/slate-score.ts';
import { createSlateScorer } from '../../scoring/slate-scorer.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { kindsIn } from '../asked-settings.ts';
import { EXIT } from '../exit-codes.ts';
import { forEachRequest, printAnswer } from '../requests.ts';
import { type Shard, writeShard } from '../shards.ts';

export interface ScoreArguments {
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly slates?: boolean;
  readonly shard?: Shard;
  readonly out?: string;
  readonly workers: number;
  readonly allowRejects: number;
  readonly firstPosition?: number;
}

/** Requests scored together. */
const CHUNK = 512;

export async function runScore(folder: string, requests: string, options: ScoreArguments): Promise<void> {
  const { shard, out } = options;
  if (!shard || out === undefined) return scoreTo(printAnswer, { folder, requests, options });
  const path = await writeShard(out, shard, (print) => scoreTo(print, { folder, requests, options }));
  process.stderr.write(`${path}: written\n`);
}

interface Asked {
  readonly folder: string;
  readonly requests: string;
  readonly options: ScoreArguments;
}

async function scoreTo(print: (text: string) => Promise<void>, { folder, requests, options }: Asked): Promise<void> {
  const kinds = await kindsIn(options);
  const stored = await loadModel(folder, kinds);
  const scorer = await createSlateScorer(stored, { workers: options.workers });
  let chunk: RankingEvent[] = [];
  const flush = async (): Promise<void> => {
    for (const score of await scorer.score(chunk)) await print(scoreText(score, options.slates === true));
    chunk = [];
  };
  const collect = async (request: RankingEvent): Promise<void> => {
    chunk.push(request);
    if (chunk.length >= CHUNK) await flush();
  };
  try {
    // Requests read before an update were made before it was known.
    const { features, memory } = stored;
    const rejected = await forEachRequest(requests, {
      firstPosition: options.firstPosition,
      shard: options.shard,
      features,
      memories: [memory],
      answer: collect,
      beforeUpdate: flush,
    });
    await flush();
    if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
  } finally {
    await scorer.close();
  }
}

function scoreText({ items, ...slate }: SlateScore, slatesOnly: boolean): string {
  const rows: unknown[] = slatesOnly ? [] : [...items];
  rows.push(slate);
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
