/** One row for each recipe: train it, stop it, go on; how far it is and how near it came. */
import type { JSX } from 'preact';
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

export const Trainings = (): JSX.Element => (
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
            <th scope="col">
              <Explained
                by={
                  facts.value?.hasTruth === false
                    ? 'Log loss on the test lists, below that of a model that knows the click rate alone.'
                    : 'How far its log loss on the test lists lies above that of the truth itself, which no model can beat.'
                }
              >
                {facts.value?.hasTruth === false ? 'Below the rate' : 'Above the truth'}
              </Explained>
            </th>
            <th scope="col">Epoch</th>
            <th scope="col">
              <Explained by="Log loss on lists that it learns from, nothing dropped.">Train</Explained>
            </th>
            <th scope="col">
              <Explained by="Log loss on lists that it does not learn from. The best epoch by it is kept.">
                Validation
              </Explained>
            </th>
            <th scope="col">
              <Explained by="Validation less train: what was learned by heart. It grows where a model overfits.">
                Gap
              </Explained>
            </th>
            <th scope="col">
              <Explained by="Lists learned from in a second, each as often as it was met.">Lists/s</Explained>
            </th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {playgroundRecipes.map((recipe, at) => (
            <Row key={recipe} recipe={recipe} line={at + 1} />
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

function Row({ recipe, line }: { readonly recipe: PlaygroundRecipe; readonly line: number }): JSX.Element {
  const known = learned.value.get(recipe);
  const last = known?.epochs.at(-1);
  const { progress } = known ?? {};
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
      <td class="near">{nearness(known)}</td>
      <td>
        {progress
          ? `${known?.state === 'finished' ? (last?.epoch ?? 0) : Math.min(progress.epoch + 1, progress.epochs)} of ${progress.epochs}`
          : '–'}
        {progress && known?.state !== 'finished' && (
          <progress max={progress.steps} value={progress.step} aria-label={`${recipe}: steps done`} />
        )}
      </td>
      <td>{plain(last?.train.logLoss, 4)}</td>
      <td>{plain(last?.validation.logLoss, 4)}</td>
      <td>{last ? signed(last.validation.logLoss - last.train.logLoss, 4) : '–'}</td>
      <td>{progress && progress.listsPerSecond > 0 ? count(progress.listsPerSecond) : '–'}</td>
      <td>{known && known.seconds > 0 ? `${known.seconds.toFixed(1)} s` : '–'}</td>
    </tr>
  );
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
