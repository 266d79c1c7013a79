/** What a stored model learned from, and whether a log or another model fits to it. */
import { isDeepStrictEqual } from 'node:util';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { assignSplit, type SplitOptions } from '../../datasets/walk/split.ts';
import { type LoadOptions, loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import { InputError } from '../../slate/input-error.ts';
import type { TrainedCard } from '../recipes/train-model.ts';
import { foldNamed, type UserFold } from '../user-fold.ts';

/** Of `assignSplit`. */
const VALIDATION = 1;
export const TEST = 2;

const protocolOf = ({ card }: StoredModel): TrainedCard['protocol'] => (card as TrainedCard).protocol;

export const splitOf = (stored: StoredModel): SplitOptions => protocolOf(stored).split as SplitOptions;

/** The parts of the log as the model knew them in training; throws `InputError` where it was another log, or where nothing was held out. */
export async function partsOfTraining(
  stored: StoredModel,
  { folder, data, dataset }: { readonly folder: string; readonly data: string; readonly dataset: Dataset },
): Promise<Uint8Array> {
  const { parts: counts, refitOnAll } = protocolOf(stored);
  if (refitOnAll) {
    throw new InputError(
      `${folder}: expected a model that has not learned from its test part, found one of --refit-all; give one trained without it, or a later log without --held-out`,
      'other-model',
    );
  }
  const parts = assignSplit(await dataset.impressionFacts(), splitOf(stored));
  if (isAsTrained(stored, dataset, parts)) return parts;
  throw new InputError(
    `--held-out ${data}: expected the log that ${folder} was trained on (${protocolOf(stored).data}, ${counts.test.lists} lists in its test part, the last at ${timeOf(stored.card.knownUntil)}), found another (${countOf(parts, TEST)} lists, the last at ${timeOf(dataset.summary.lastTime)}); give that log, or leave --held-out out for a later one`,
    'other-dataset',
  );
}

/** Whether a log, split into these parts, is the one the model was trained on: its last list and the sizes of the parts that no fold changes. */
function isAsTrained(stored: StoredModel, { summary }: Dataset, parts: Uint8Array): boolean {
  const { validation, test } = protocolOf(stored).parts;
  const isSame = summary.lastTime === stored.card.knownUntil;
  return isSame && countOf(parts, VALIDATION) === validation.lists && countOf(parts, TEST) === test.lists;
}

const countOf = (parts: Uint8Array, wanted: number): number =>
  parts.reduce((count, part) => count + +(part === wanted), 0);

/**
 * The share of the training users that a scorer learned from; undefined: all. Throws `InputError` where it is a share of another log's users: in this one nobody knows which
 * they are.
 */
export async function foldOf(
  stored: StoredModel,
  { folder, data, dataset }: { readonly folder: string; readonly data: string; readonly dataset: Dataset },
): Promise<UserFold | undefined> {
  const { fold, data: log } = protocolOf(stored);
  if (fold === undefined) return undefined;
  const parts = assignSplit(await dataset.impressionFacts(), splitOf(stored));
  if (isAsTrained(stored, dataset, parts)) return foldNamed(fold);
  throw new InputError(
    `${data}: expected the log that ${folder} was trained on (${log}, the last list at ${timeOf(stored.card.knownUntil)}), found another: which users are in its fold ${fold} is known only there; give that log, or a scorer trained without --fold`,
    'other-dataset',
  );
}

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Throws `InputError` where a log begins before the last list that the model has in its memory. */
export function refuseOverlap(
  { card }: StoredModel,
  { folder, data, dataset }: { readonly folder: string; readonly data: string; readonly dataset: Dataset },
): void {
  const { firstTime } = dataset.summary;
  if (firstTime > card.knownUntil) return;
  throw new InputError(
    `${data}: expected lists after ${timeOf(card.knownUntil)}, the last that ${folder} was trained on, found lists from ${timeOf(firstTime)}; give a later log, --held-out for the model's own test part, or --allow-overlap to see too good figures`,
    'other-dataset',
  );
}

/** A judge must have learned from other users than the maker: both were trained on one log with --fold, each on its own of equally many shares. */
export async function judgeOf(
  judge: string,
  { folder, stored, kinds }: { folder: string; stored: StoredModel; kinds: LoadOptions },
): Promise<StoredModel> {
  const loaded = await loadModel(judge, kinds);
  const [made, judged] = [stored, loaded].map((each) => protocolOf(each).fold);
  if (made === undefined || judged === undefined || made === judged || sharesOf(made) !== sharesOf(judged)) {
    throw new InputError(
      `--judge ${judge}: expected a model trained on other users than ${folder}, found ${judged ? `fold ${judged}` : 'all users'} against ${made ? `fold ${made}` : 'all users'}; train one with --fold 1/2 and the other with --fold 2/2`,
      'other-model',
    );
  }
  if (isDeepStrictEqual(logOf(stored), logOf(loaded))) return loaded;
  throw new InputError(
    `--judge ${judge}: expected a model trained on the log and split of ${folder}, found ${protocolOf(loaded).data} against ${protocolOf(stored).data}; only there are the users of two folds different ones`,
    'other-model',
  );
}

const sharesOf = (fold: string): string => fold.slice(fold.indexOf('/'));

/** What two models share that were trained on one log with one split, wherever the log lies now. */
function logOf(stored: StoredModel): unknown {
  const { split, parts } = protocolOf(stored);
  return { split, last: stored.card.knownUntil, validation: parts.validation, test: parts.test };
}
