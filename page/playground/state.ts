/** What the page knows: told by the worker, shown by the parts. */
import { signal } from '@preact/signals';
import type { PlaygroundJudgement } from '../../src/playground/judge.ts';
import type {
  FromPlayground,
  PlaygroundFacts,
  PlaygroundProgress,
  ToPlayground,
} from '../../src/playground/messages.ts';
import type { PlaygroundRecipe } from '../../src/playground/recipes.ts';
import { type TruthSettings, truthDefaults } from '../../src/playground/truth-settings.ts';
import type { EpochRecord } from '../../src/train/epoch-record.ts';

/** One training as far as it has come. */
export interface Learned {
  readonly recipe: PlaygroundRecipe;
  readonly state: 'running' | 'stopped' | 'finished';
  readonly epochs: readonly EpochRecord[];
  readonly judgement?: PlaygroundJudgement | undefined;
  readonly progress?: PlaygroundProgress | undefined;
  readonly seconds: number;
}

export const truth = signal<TruthSettings>(truthDefaults);
/** Undefined while lists are made or read. */
export const facts = signal<PlaygroundFacts | undefined>(undefined);
export const preparing = signal<number>(0);
export const learned = signal<ReadonlyMap<PlaygroundRecipe, Learned>>(new Map());
/** Whose probabilities are shown. */
export const shown = signal<PlaygroundRecipe | undefined>(undefined);
export const fault = signal<string | undefined>(undefined);

const SEED = 1;
/** After the last move of a slider, in milliseconds. */
const SETTLED = 350;

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }: MessageEvent<FromPlayground>) => take(data);
worker.onerror = ({ message }) => {
  fault.value = `The thread that learns has ended: ${message || 'it could not be loaded'}; load the page again`;
};

/** Lists asked for that are not there yet: what is told until then is of lists that are gone. */
let awaited = 0;

function say(message: ToPlayground): void {
  worker.postMessage(message);
}

function begin(): void {
  awaited++;
  [facts.value, preparing.value, fault.value, shown.value] = [undefined, 0, undefined, undefined];
  learned.value = new Map();
}

export function makeLists(): void {
  begin();
  say({ kind: 'make', settings: truth.value });
}

let settling: ReturnType<typeof setTimeout> | undefined;

/** Changes the truth; lists are made anew once it rests. */
export function changeTruth(change: Partial<TruthSettings>): void {
  truth.value = { ...truth.value, ...change };
  clearTimeout(settling);
  settling = setTimeout(makeLists, SETTLED);
}

/** Bytes of a log: what a tab can hold beside everything that is made of it. */
const LARGEST_LOG = 50_000_000;

export async function readLog(file: File): Promise<void> {
  begin();
  try {
    if (file.size > LARGEST_LOG)
      throw new Error(
        `${file.name}: expected a log of at most ${LARGEST_LOG / 1e6} MB, found ${(file.size / 1e6).toFixed(1)} MB; use slatewise train for it`,
      );
    const bytes = file.name.endsWith('.gz')
      ? file.stream().pipeThrough(new DecompressionStream('gzip'))
      : file.stream();
    say({ kind: 'read', name: file.name, text: await new Response(bytes).text() });
  } catch (error) {
    awaited--;
    fault.value = error instanceof Error ? error.message : String(error);
  }
}

export const train = (recipe: PlaygroundRecipe): void => {
  fault.value = undefined;
  const before = learned.value.get(recipe);
  const isOn = before?.state === 'stopped';
  update(recipe, {
    state: 'running',
    ...(isOn ? {} : { epochs: [], judgement: undefined, progress: undefined, seconds: 0 }),
  });
  shown.value = recipe;
  say({ kind: 'train', recipe, seed: SEED });
};
export const stop = (): void => say({ kind: 'stop' });
export const saveWeights = (recipe: PlaygroundRecipe): void => say({ kind: 'weights', recipe });

function update(recipe: PlaygroundRecipe, change: Partial<Learned>): void {
  const before = learned.value.get(recipe) ?? { recipe, state: 'running', epochs: [], seconds: 0 };
  learned.value = new Map(learned.value).set(recipe, { ...before, ...change });
}

function take(news: FromPlayground): void {
  if (news.kind === 'ready' || news.kind === 'fault') awaited = Math.max(0, awaited - 1);
  if (awaited > 0 && news.kind !== 'preparing') return;
  switch (news.kind) {
    case 'preparing':
      preparing.value = news.lists;
      return;
    case 'ready':
      facts.value = news.facts;
      return;
    case 'progress':
      update(news.recipe, { progress: news, seconds: news.seconds });
      return;
    case 'epoch': {
      const { recipe, record, judgement, seconds } = news;
      update(recipe, { epochs: [...(learned.value.get(recipe)?.epochs ?? []), record], judgement, seconds });
      return;
    }
    case 'ended':
      update(news.recipe, { state: news.how, seconds: news.seconds });
      return;
    case 'weights':
      download(`${news.recipe}-weights.json`, news.json);
      return;
    default:
      fault.value = news.sentence;
      for (const { recipe, state } of learned.value.values())
        if (state === 'running') update(recipe, { state: 'stopped' });
  }
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
