/** Whether an exported file answers as the model does that it was made of. */
import { openOnnxFile } from '../runtime/node/text-session.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import type { SlateScore } from '../scoring/slate-score.ts';
import { createSlateScorer } from '../scoring/slate-scorer.ts';
import type { RankingEvent } from '../slate/events.ts';
import { shownOrder } from '../slate/shown-order.ts';
import { OUTPUTS } from './answer-nodes.ts';
import { rawFeeds } from './raw-feeds.ts';

/** Probabilities differ by no more than this: the file computes in single precision. */
export const TOLERANCE = 1e-5;

/** What an export was checked with, and how far it was from `score` at most. */
export interface ExportSummary {
  readonly lists: number;
  readonly difference: number;
}

/** The largest difference of a probability, of an item or of a list, over these requests. */
export async function largestDifference(
  path: string,
  stored: StoredModel,
  requests: readonly RankingEvent[],
): Promise<number> {
  const scorer = await createSlateScorer(stored);
  const session = await openOnnxFile(path);
  try {
    const expected = await scorer.score(requests);
    const answers = await session.run(rawFeeds(stored, requests));
    return Math.max(...differences(requests, expected, answers));
  } finally {
    await Promise.all([scorer.close(), session.release()]);
  }
}

function* differences(
  requests: readonly RankingEvent[],
  expected: readonly SlateScore[],
  answers: Readonly<Record<string, Float32Array>>,
): Generator<number> {
  const K = Math.max(...requests.map(({ items }) => items.length));
  for (const [b, { items, expectedClicks, anyClick }] of expected.entries()) {
    const order = shownOrder(requests[b].items) ?? [...items.keys()];
    for (const [k, at] of order.entries())
      yield Math.abs(items[at].probability - answers[OUTPUTS.probabilities][b * K + k]);
    // A sum grows with the list.
    yield Math.abs(expectedClicks - answers[OUTPUTS.expectedClicks][b]) / items.length;
    yield Math.abs(anyClick - answers[OUTPUTS.anyClick][b]);
  }
}
