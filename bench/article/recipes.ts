/** What is trained in a cell: the list scorer on clicks alone or with a second task, with or without regularisation. */
import type { LossConfig } from '../../src/losses/loss.ts';
import { attentionBce, attentionListNet, attentionTriplet } from '../../src/train/recipes/attention.ts';
import type { TrainingConfig } from '../../src/train/recipes/training-config.ts';

export type Task = 'clicks' | 'triplet' | 'listnet';

export interface Trained {
  readonly task: Task;
  /** One block of width 32; else the recipes' own two of width 64. */
  readonly isSmall: boolean;
  /** Of the second loss beside clicks, which weigh 1; 0 of clicks alone. */
  readonly weight: number;
  readonly scorer: 'attention' | 'graph';
  readonly isRegularised: boolean;
}

/** How long a recipe trains, the same for all of a cell: nobody stops early, so that the rise of the validation loss is seen to its end. */
export interface Length {
  readonly batch: number;
  readonly epochs: number;
}

/** One weight for each second task in all cells but those that vary it. */
export const WEIGHTS: Readonly<Record<Task, number>> = { clicks: 0, triplet: 1, listnet: 0.3 };

export const nameOf = ({ task, weight, scorer, isRegularised, isSmall }: Trained): string =>
  [
    ...(scorer === 'graph' ? ['graph'] : []),
    task === 'clicks' ? task : `${task}-${weight}`,
    ...(isRegularised ? ['regularised'] : []),
    ...(isSmall ? [] : ['wide']),
  ].join('-');

const SMALL = { width: 32, blocks: 1, heads: 2, feedForward: 64 };

/** Nothing that holds the weights back; the gradient's norm stays clipped, and one epoch is still chosen on validation. */
const PLAIN = { dropout: 0, weightDecay: 0, embeddingDecay: 0, averaging: 0 };

export function configOf(trained: Trained, { ids, length }: { ids: boolean; length: Length }): TrainingConfig {
  const { task, weight, scorer, isRegularised, isSmall } = trained;
  const base = attentionBce.config();
  const { model, optimizer, averaging } = base;
  const { dropout, weightDecay, embeddingDecay } = isRegularised ? { ...model, ...optimizer } : PLAIN;
  return {
    ...base,
    ...{ recipe: nameOf(trained), scorer, losses: lossesOf(task, weight) },
    model: { ...model, ...(isSmall ? SMALL : {}), dropout, user: ids },
    optimizer: { ...optimizer, weightDecay, embeddingDecay, warmUp: 20 },
    ...{ ...length, patience: length.epochs, averaging: isRegularised ? averaging : PLAIN.averaging },
  };
}

/** The recipes' own losses, at this weight. */
function lossesOf(task: Task, weight: number): readonly LossConfig[] {
  const { losses } = { clicks: attentionBce, triplet: attentionTriplet, listnet: attentionListNet }[task].config();
  const [clicks, ...second] = losses;
  return [clicks, ...second.map((loss) => ({ ...loss, weight }))];
}
