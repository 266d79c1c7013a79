/** A model that is loaded, or could be. */
import type { OwnKind } from '../../jobs/kinds.ts';
import { kindsOf } from '../../jobs/kinds.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createLiveModel } from '../../live/live-model.ts';
import { storedReport } from '../../live/open.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';

export interface LoadedModel {
  readonly name: string;
  readonly stored: StoredModel;
  readonly live: ListModel;
  /** Of the last entry of the journal that its folder's memory knows. */
  readonly sequence: number;
}

export interface LoadedModelOptions {
  readonly name: string;
  readonly folder: string;
  readonly workers: number | undefined;
  readonly unknownFields: 'refuse' | 'warn';
  readonly kinds: readonly OwnKind[] | undefined;
  readonly now: () => number;
}

/** Throws `InputError` where there is no model, or a damaged one. */
export async function loadHostedModel(options: LoadedModelOptions): Promise<LoadedModel> {
  const { name, folder, workers, unknownFields, kinds, now } = options;
  const stored = await loadModel(folder, kindsOf(kinds, 'kinds: '));
  const live = await createLiveModel(stored, storedReport(stored), { workers, unknownFields, kinds, now });
  return { name, stored, live, sequence: journalSequence(stored) };
}

function journalSequence({ card }: StoredModel): number {
  const { journalSequence: sequence = 0 } = card as { readonly journalSequence?: number };
  return sequence;
}
