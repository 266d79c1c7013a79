/** One row for each recipe: train it, stop it, go on; how far it is and how near it came. */
import type { ComponentChildren, JSX } from 'preact';
import { type PlaygroundRecipe, playgroundRecipes } from '../../src/playground/recipes.ts';
import { Explained } from '../shared/explained.tsx';
import { count, percent, plain, signed } from '../shared/format.ts';
import { facts, type Learned, learned, shown, stop, train } from './state.ts';

/** What is new in each beside the one before. */
const SEES: Readonly<Record<PlaygroundRecipe, string>> = {
  'pointwise-bce': 'item by item, sees no company',
  'attention-bce': 'sees the whole list',
  'attention-triplet': 'with a triplet loss beside',
  'attention-listnet': 'with ListNet beside',
};

interface Column {
  readonly name: string;
  readonly by?: string;
  readonly read: (known: Learned | undefined) => ComponentChildren;
  readonly class?: string;
}

const columns = (hasTruth: boolean): readonly Column[] => [
  {
    name: hasTruth ? 'Above the truth' : 'Below the rate',
    by: hasTruth
      ? 'How far its log loss on the test lists lies above that of the truth itself, which no model can beat.'
      : 'Log loss on the test lists, below that of a model that knows the click rate alone.',
    read: nearness,
    class: 'near',
  },
  { name: 'Epoch', read: (known) => <Epoch known={known} /> },
  {
    name: 'Train',
    by: 'Log loss on lists that it learns from, nothing dropped.',
    read: (known) => plain(known?.epochs.at(-1)?.train.logLoss, 4),
  },
  {
    name: 'Validation',
    by: 'Log loss on lists that it does not learn from. The best epoch by it is kept.',
    read: (known) => plain(known?.epochs.at(-1)?.validation.logLoss, 4),
  },
  {
    name: 'Gap',
    by: 'Validation less train: what was learned by heart. It grows where a model overfits.',
    read: gap,
  },
  {
    name: 'Lists/s',
    by: 'Lists learned from in a second, each as often as it was met.',
    read: (known) => (known?.progress?.listsPerSecond ? count(known.progress.listsPerSecond) : '–'),
  },
  {
    name: 'Time',
    by: 'Seconds of training, those before a stop with them.',
    read: (known) => (known && known.seconds > 0 ? `${known.seconds.toFixed(1)} s` : '–'),
  },
];

export function Trainings(): JSX.Element {
  const all = columns(facts.value?.hasTruth !== false);
  return (
    <section class="card" aria-labelledby="trainings">
      <h2 id="trainings">Learn</h2>
      <div class="scroll">
        <table class="trainings">
          <caption class="hidden">Recipes, how far each is trained, and its log loss</caption>
          <thead>
            <tr>
              <th scope="col">Recipe</th>
              <th scope="col">
                <span class="hidden">Act</span>
              </th>
              {all.map((column) => (
                <th scope="col" key={column.name}>
                  <Name of={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {playgroundRecipes.map((recipe, at) => (
              <Row key={recipe} recipe={recipe} line={at + 1} columns={all} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const Name = ({ of: { name, by } }: { readonly of: Column }): ComponentChildren =>
  by === undefined ? name : <Explained by={by}>{name}</Explained>;

interface RowProps {
  readonly recipe: PlaygroundRecipe;
  readonly line: number;
  readonly columns: readonly Column[];
}

function Row({ recipe, line, columns: all }: RowProps): JSX.Element {
  const known = learned.value.get(recipe);
  return (
    <tr class={shown.value === recipe ? 'shown' : ''}>
      <th scope="row">
        <span class={`key line-${line}`} aria-hidden="true" />
        {recipe}
        <span class="small soft sees">{SEES[recipe]}</span>
      </th>
      <td class="acts">
        <Act recipe={recipe} known={known} />
      </td>
      {all.map((column) => (
        <td key={column.name} class={column.class}>
          <span class="of-phone">
            <Name of={column} />
          </span>
          {column.read(known)}
        </td>
      ))}
    </tr>
  );
}

function Epoch({ known }: { readonly known: Learned | undefined }): JSX.Element {
  const { progress, state, recipe, epochs } = known ?? {};
  if (!progress) return <>–</>;
  const isOver = state === 'finished';
  return (
    <>
      {isOver ? (epochs?.at(-1)?.epoch ?? 0) : Math.min(progress.epoch + 1, progress.epochs)} of {progress.epochs}
      {!isOver && <progress max={progress.steps} value={progress.step} aria-label={`${recipe}: steps done`} />}
    </>
  );
}

function gap(known: Learned | undefined): string {
  const last = known?.epochs.at(-1);
  return last ? signed(last.validation.logLoss - last.train.logLoss, 4) : '–';
}

function Act({
  recipe,
  known,
}: {
  readonly recipe: PlaygroundRecipe;
  readonly known: Learned | undefined;
}): JSX.Element {
  if (known?.state === 'running')
    return (
      <button type="button" onClick={stop}>
        Stop <span class="hidden">{recipe}</span>
      </button>
    );
  const word = known?.state === 'stopped' ? 'Go on' : known?.state === 'finished' ? 'Again' : 'Train';
  return (
    <button type="button" class={known ? '' : 'main'} disabled={!facts.value} onClick={() => train(recipe)}>
      {word} <span class="hidden">{recipe}</span>
    </button>
  );
}

export function nearness(known: Learned | undefined): string {
  const judged = known?.judgement;
  if (!judged) return '–';
  const { logLoss, truthLogLoss, rateLogLoss } = judged;
  return truthLogLoss === undefined ? percent(1 - logLoss / rateLogLoss, 2) : percent(logLoss / truthLogLoss - 1, 2);
}
