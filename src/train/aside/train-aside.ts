import { losses } from '../../losses/losses.ts';
import { metrics } from '../../metrics/metrics.ts';
import type { Model } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { loadWeights, modelArrays } from '../../models/tables/weights.ts';
import { startWorker } from '../../runtime/start-worker.ts';
import { InputError } from '../../slate/input-error.ts';
import { type TrainingData, type TrainingResult, type TrainScorerOptions, trainScorer } from '../scorer/trainer.ts';
import { type FromTrainer, plainOptions, type ToTrainer, type TrainingOrder } from './messages.ts';

/**
 * `trainScorer` on a thread of its own, bit for bit: the calling thread only keeps what it is told. For trainings side by side, which otherwise would all be led by
 * the one thread that calls. What another thread cannot be told (definitions of the caller's own, lists that are not in shared memory) is trained from the calling
 * thread.
 */
export async function trainAside(
  model: Model,
  data: TrainingData,
  options: TrainScorerOptions,
): Promise<TrainingResult> {
  const form = formOf(model, data, options);
  if (!form) return trainScorer(model, data, { ...options, aside: true });
  const checkpoint = await options.checkpoints?.load();
  const { train, validation, partial } = data;
  const plain = Object.fromEntries(plainOptions.flatMap((name) => (name in options ? [[name, options[name]]] : [])));
  const order: TrainingOrder = {
    ...form,
    spec: model.spec,
    config: model.config,
    weights: modelArrays(model),
    data: { train, validation, ...(partial ? { partial } : {}) },
    options: plain as TrainingOrder['options'],
    checkpoint,
    keeps: options.checkpoints !== undefined,
  };
  const { result, weights } = await answerOf(order, options);
  loadWeights(model, weights);
  return result;
}

/** What stands for the model's functions and the lists; undefined where nothing can. */
function formOf(
  { scorer }: Model,
  { slates, learned }: TrainingData,
  options: TrainScorerOptions,
): Pick<TrainingOrder, 'scorer' | 'firstStage' | 'columns'> | undefined {
  if (learned || !slates.shared) return undefined;
  if ((options.losses ?? losses) !== losses || (options.metrics ?? metrics) !== metrics) return undefined;
  if (!scorers.has(scorer.name)) return undefined;
  const known = scorers.named(scorer.name);
  const form = { scorer: scorer.name, columns: slates.shared };
  if (scorer === known) return { ...form, firstStage: false };
  return scorer.score === known.firstStage ? { ...form, firstStage: true } : undefined;
}

type Finished = Extract<FromTrainer, { kind: 'finished' }>;

function answerOf(
  order: TrainingOrder,
  { checkpoints, onProgress, onEpochs, signal }: TrainScorerOptions,
): Promise<Finished> {
  const thread = startWorker('./training-thread', import.meta.url);
  const tell = (message: ToTrainer): void => thread.postMessage(message);
  const stop = (): void => tell({ kind: 'stop' });
  const answer = new Promise<Finished>((resolve, reject) => {
    const doThen = (work: Promise<void> | undefined): void =>
      void Promise.resolve(work).then(() => tell({ kind: 'done' }), reject);
    thread.on('message', (message: FromTrainer) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'epochs') doThen(onEpochs?.(message.told));
      else if (message.kind === 'save') doThen(checkpoints?.save(message.checkpoint));
      else if (message.kind === 'finished') resolve(message);
      else reject(message.code ? new InputError(message.message, message.code) : new Error(message.message));
    });
    thread.on('error', reject);
    thread.on('messageerror', reject);
    thread.on('exit', (code) =>
      reject(
        new Error(
          `a training's thread ended by itself (exit code ${code}), perhaps for want of memory; use fewer workers`,
        ),
      ),
    );
  });
  tell({ kind: 'train', order });
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return answer.finally(async () => {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  });
}
