/** What a model says beside what is true: bars where there are few different lists, else a point for each item shown. */
import type { JSX } from 'preact';
import type { Point } from '../../src/playground/judge.ts';
import { playgroundRecipes } from '../../src/playground/recipes.ts';
import { percent } from '../shared/format.ts';
import { ProbabilityBar } from '../shared/probability-bar.tsx';
import { facts, learned, shown } from './state.ts';

/** More are drawn as points. */
const MOST_BARS = 24;

export function AgainstTruth(): JSX.Element {
  const judged = playgroundRecipes.filter((recipe) => learned.value.get(recipe)?.judgement);
  const recipe = judged.find((each) => each === shown.value) ?? judged.at(-1);
  const points = recipe && learned.value.get(recipe)?.judgement?.points;
  const word = facts.value?.hasTruth === false ? 'clicked' : 'true';
  return (
    <section class="card" aria-labelledby="against">
      <header>
        <h2 id="against">Probabilities against {word === 'true' ? 'the truth' : 'what was clicked'}</h2>
        {judged.length > 1 && (
          <label class="small which">
            <span class="hidden">Recipe</span>
            <select value={recipe ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              {judged.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        )}
      </header>
      {!points ? (
        <p class="soft none">After the first epoch its answers on lists that it has never seen stand here.</p>
      ) : points.length <= MOST_BARS ? (
        <Bars points={points} word={word} />
      ) : (
        <Scatter points={points} />
      )}
    </section>
  );
}

const choose = (name: string): void => {
  shown.value = playgroundRecipes.find((recipe) => recipe === name);
};

const Bars = ({ points, word }: { readonly points: readonly Point[]; readonly word: string }): JSX.Element => (
  <>
    <p class="small soft">The bar is what the model says, the mark what is {word}.</p>
    <table class="bars">
      <thead class="hidden">
        <tr>
          <th scope="col">Item and company</th>
          <th scope="col">Model</th>
          <th scope="col">{word}</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ label, predicted, reference }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              <ProbabilityBar now={predicted} before={reference} />
            </td>
            <td class="soft">{percent(reference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

const SIDE = 320;
const LEFT = 44;

function Scatter({ points }: { readonly points: readonly Point[] }): JSX.Element {
  const most = Math.min(1, Math.max(...points.flatMap(({ predicted, reference }) => [predicted, reference])) * 1.05);
  const x = (probability: number): number => LEFT + (probability / most) * (SIDE - LEFT - 8);
  const y = (probability: number): number => SIDE - 36 - (probability / most) * (SIDE - 48);
  const away =
    points.reduce((sum, { predicted, reference }) => sum + Math.abs(predicted - reference), 0) / points.length;
  return (
    <>
      <p class="small soft">
        Each point is an item of a test list; on the line the model says the truth. On average it is {percent(away)} of
        probability away.
      </p>
      <svg
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        class="chart scatter"
        role="img"
        aria-label={`True against predicted probability of ${points.length} shown items, on average ${percent(away)} apart`}
      >
        <g class="axes">
          <path d={`M${x(0)} ${y(0)}L${x(most)} ${y(most)}`} />
          {[0, most / 2, most].map((tick) => (
            <g key={tick}>
              <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
                {percent(tick, 0)}
              </text>
              <text x={x(tick)} y={SIDE - 20} text-anchor={tick === most ? 'end' : 'middle'}>
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          <text x={(LEFT + SIDE) / 2} y={SIDE - 4} text-anchor="middle">
            true probability; the model's upwards
          </text>
        </g>
        <g class="points">
          {points.map(({ predicted, reference }, at) => (
            <circle key={at} cx={x(reference)} cy={y(predicted)} r="2.6" />
          ))}
        </g>
      </svg>
    </>
  );
}
