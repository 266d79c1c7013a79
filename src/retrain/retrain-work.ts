import type { Dataset } from '../datasets/folder/dataset.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { compareJournal } from '../serve/journal/known-position.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import type { AskedRetraining } from './retrain-options.ts';
import type { Steps } from './steps.ts';

/** What every step works with. */
export interface RetrainWork extends AskedRetraining {
  readonly steps: Steps;
  readonly data: string;
  readonly before: StoredModel | undefined;
  readonly config: TrainingConfig;
}

/** Where the work is done. */
export interface At {
  readonly dataset: Dataset;
  readonly folder: string;
}

/** Whether a model was trained from the journal. */
export const isOwnJournal =
  ({ journal }: Pick<RetrainWork, 'journal'>) =>
  async ({ card }: StoredModel): Promise<boolean> =>
    card.journal !== undefined && (await compareJournal(card.journal, journal)) !== 'other';
