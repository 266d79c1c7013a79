/** A thread that does one training and ends. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { createModel, type Model } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { loadWeights, modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { InputError } from '../../slate/input-error.ts';
import { trainScorer } from '../scorer/trainer.ts';
import type { FromTrainer, ToTrainer, TrainingOrder } from './messages.ts';

const port = parentPort as MessagePort;
if (!port) throw new Error('training-thread.ts runs only as a worker thread');

const stopping = new AbortController();
let isDone: (() => void) | undefined;

port.on('message', (message: ToTrainer) => {
  if (message.kind === 'stop') stopping.abort();
  else if (message.kind === 'done') isDone?.();
  else void answer(message.order);
});

const tell = (message: FromTrainer): void => port.postMessage(message);

/** Tells, and waits until what was asked for has been done. */
function ask(message: FromTrainer): Promise<void> {
  return new Promise((resolve) => {
    isDone = resolve;
    tell(message);
  });
}

async function answer(order: TrainingOrder): Promise<void> {
  try {
    const model = modelOf(order);
    const slates = createInMemorySlates(order.columns);
    const result = await trainScorer(
      model,
      { slates, ...order.data },
      {
        ...order.options,
        ...(order.keeps
          ? {
              checkpoints: {
                load: async () => order.checkpoint,
                save: (checkpoint) => ask({ kind: 'save', checkpoint }),
              },
            }
          : {}),
        onProgress: (progress) => tell({ kind: 'progress', progress }),
        onEpochs: (told) => ask({ kind: 'epochs', told }),
        signal: stopping.signal,
      },
    );
    tell({ kind: 'finished', result, weights: modelArrays(model) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', message, code: error instanceof InputError ? error.code : undefined });
  }
}

function modelOf({ scorer: name, firstStage, spec, config, weights, options }: TrainingOrder): Model {
  const scorer = scorers.named(name);
  const model = createModel(createRng(options.seed).split('model'), { scorer, spec, config });
  loadWeights(model, weights);
  const score = firstStage ? scorer.firstStage : undefined;
  return score ? { ...model, scorer: { ...scorer, score } } : model;
}
