/** The trainings of a diagnosis: one recipe, with one thing changed. */
import type { LossConfig } from '../../losses/loss.ts';
import type { CureKind } from '../../measure/diagnosis-report.ts';
import { attentionListNet, attentionPair, attentionRcr, attentionTriplet } from '../../train/recipes/attention.ts';
import { mergeDeep } from '../../train/recipes/merge-deep.ts';
import { clicks } from '../../train/recipes/pointwise.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';

/** Steps that a training has at least, for each epoch of its recipe: with fewer none comes to its end, however few lists it has. Batches are made small enough for it, as far as 16 lists allow. */
const STEPS_OF_EPOCH = 30;
const SMALLEST_BATCH = 16;

/**
 * A config for so many training lists: on few lists smaller batches and more epochs, so that every training has as many steps as it takes and patience of a quarter of them.
 * Batches are cut in two at least, one for each of two workers. From about 4,000 lists on it is the recipe as it stands, but for the most epochs that are given.
 */
export function forLists(config: TrainingConfig, { lists, epochs }: { lists: number; epochs: number }): TrainingConfig {
  const fitting = 2 ** Math.floor(Math.log2(Math.max(1, lists / STEPS_OF_EPOCH)));
  const batch = Math.min(config.batch, Math.max(SMALLEST_BATCH, fitting));
  const stepsOfEpoch = Math.ceil(lists / batch);
  const most = Math.min(epochs, config.epochs);
  const fewest = STEPS_OF_EPOCH * config.epochs;
  const wanted = most * stepsOfEpoch >= fewest ? 0 : Math.ceil(fewest / stepsOfEpoch);
  const length = Math.max(most, wanted);
  return {
    ...config,
    batch,
    microBatch: Math.min(config.microBatch, Math.ceil(batch / 2)),
    epochs: length,
    patience: Math.max(config.patience, Math.floor(length / 4)),
    optimizer: {
      ...config.optimizer,
      warmUp: Math.min(config.optimizer.warmUp, Math.floor((length * stepsOfEpoch) / 4)),
    },
  };
}

export const suffixed = (config: TrainingConfig, suffix: string): TrainingConfig => ({
  ...config,
  recipe: `${config.recipe}-${suffix}`,
});

/** The recipe's scorer under clicks alone, whatever else it learns. */
export const onClicksAlone = (config: TrainingConfig): TrainingConfig => ({ ...config, losses: [clicks] });

export interface Variant {
  readonly name: string;
  readonly kind: CureKind;
  readonly config: TrainingConfig;
}

const second = (recipe: { config(): TrainingConfig }): LossConfig => recipe.config().losses[1];
/** With the weights of the recipes that bring them. */
const SECOND_TASKS: readonly LossConfig[] = [attentionTriplet, attentionListNet, attentionRcr, attentionPair].map(
  second,
);

/** Second tasks beside clicks, with all else as it is. */
export const withSecondTask = (config: TrainingConfig): readonly (Variant & { readonly weight: number })[] =>
  SECOND_TASKS.map((task) => ({
    name: task.name,
    kind: 'second task',
    weight: task.weight,
    config: { ...suffixed(config, `with-${task.name}`), losses: [clicks, task] },
  }));

/** No regularisation and no early end, and each cure by itself beside it. */
export function bareVariants(config: TrainingConfig): readonly Variant[] {
  const bare = mergeDeep(suffixed(config, 'bare'), {
    model: { dropout: 0, inputDropout: 0 },
    optimizer: { weightDecay: 0, embeddingDecay: 0 },
    ...{ averaging: 0, patience: config.epochs },
  }) as TrainingConfig;
  const { model, optimizer, averaging } = config;
  const cure = (name: string, changes: object): Variant => ({
    ...{ name, kind: 'regularisation' },
    config: mergeDeep(suffixed(bare, name.replaceAll(' ', '-')), changes) as TrainingConfig,
  });
  return [
    { name: 'none', kind: 'none', config: bare },
    cure('dropout', { model: { dropout: Math.max(0.1, model.dropout) } }),
    cure('weight decay', {
      optimizer: {
        weightDecay: Math.max(0.1, optimizer.weightDecay),
        embeddingDecay: Math.max(0.1, optimizer.embeddingDecay),
      },
    }),
    cure('weight averaging', { averaging: averaging || 0.99 }),
    cure('half the width', { model: halved(model) }),
    ...SECOND_TASKS.flatMap((task) =>
      [task.weight, task.weight * STRONGER].map(
        (weight): Variant => ({
          ...{ name: `${task.name} ${Number(weight.toPrecision(2))}`, kind: 'second task' },
          config: {
            ...suffixed(bare, `${task.name}-${Number(weight.toPrecision(2))}`),
            losses: [clicks, { ...task, weight }],
          },
        }),
      ),
    ),
  ];
}

/** The other weight that second tasks are tried with. */
const STRONGER = 5;

const halved = ({ width, heads, feedForward }: TrainingConfig['model']): Partial<TrainingConfig['model']> => ({
  ...{
    width: Math.max(heads, width / 2 - ((width / 2) % heads)),
    feedForward: Math.max(1, Math.floor(feedForward / 2)),
  },
});
