import { join } from 'node:path';
import { kindsOf } from '../jobs/kinds.ts';
import { AFTER, BEFORE, type Judgement, judgeModels } from './judge/judge-models.ts';
import { latestDays } from './judge/latest-days.ts';
import { predictLists } from './judge/predict-lists.ts';
import { type At, isOwnJournal, type RetrainWork } from './retrain-work.ts';
import { candidateOf } from './train-candidates.ts';

/** Null where there is no model to be compared with. */
export async function judgeCandidates(work: RetrainWork, { dataset, folder }: At): Promise<Judgement | null> {
  const { models, seeds, days, margin, workers, settings, signal, steps, reporter } = work;
  const { before: name } = steps.progress;
  if (name === null) return null;
  const from = latestDays(await dataset.impressionFacts(), days);
  const asked = { dataset, from, workers, kinds: kindsOf(settings.kinds), isOwnJournal: isOwnJournal(work), signal };
  reporter.note(`comparing with ${name}`);
  const { lists, predictions: before } = await predictLists(join(models, name), { ...asked, name: BEFORE });
  const after = [];
  for (const seed of seeds)
    after.push((await predictLists(candidateOf(folder, seed), { ...asked, name: AFTER })).predictions);
  return judgeModels(lists, { before, after }, { margin });
}
