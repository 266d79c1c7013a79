import { CLICK_LOSS, type LearningCurve, recipesOf, termsOf } from '../../measure/learning-curve.ts';
import { lossChart, lossRange } from '../charts/loss-chart.ts';
import { type Html, html } from '../html-template.ts';

/**
 * The article's two pictures, for every recipe: first the log loss of clicks, which all recipes have, on one scale, so that they can be compared; then what else a
 * recipe minimises, each on its own scale: the total of several tasks, and every task but clicks.
 */
export function learningCurveSection(curves: readonly LearningCurve[]): Html {
  const trained = curves.filter(({ epochs }) => epochs.some(({ epoch }) => epoch > 0));
  if (trained.length === 0) return html``;
  const recipes = recipesOf(trained).map((recipe) => ({
    recipe,
    runs: trained.filter((curve) => curve.recipe === recipe),
  }));
  const range = lossRange(trained, CLICK_LOSS);
  const main = recipes.map(({ recipe, runs }) => figure(recipe, CLICK_LOSS, lossChart(runs, CLICK_LOSS, range)));
  const further = recipes.flatMap(({ recipe, runs }) =>
    ownLosses(termsOf(runs[0])).map((term) => figure(recipe, term, lossChart(runs, term, lossRange(runs, term)))),
  );
  return html`<section>
    <h2>Learning curves</h2>
    <p class="legend"><span class="key train"></span> train <span class="key validation"></span> validation
      <span class="key dot"></span> epoch kept. Strong lines are means over seeds, thin ones single seeds; where some seeds have ended, the mean goes on dashed with the others. Both parts are
      measured with the same weights and without dropout, so the distance between the lines is overfitting.</p>
    <h3>The log loss of clicks, one scale for all recipes</h3>
    <div class="multiples">${main}</div>
    ${further.length === 0 ? html`` : html`<h3>What else is minimised: totals and further terms, each on its own scale</h3><div class="multiples">${further}</div>`}
  </section>`;
}

/** Cross-entropy of clicks is the log loss but for its mean, over lists first; the first row has it. */
const ownLosses = (terms: readonly string[]): readonly string[] => [
  ...(terms.length > 1 ? ['total'] : []),
  ...terms.filter((term) => term !== 'bce'),
];

function figure(recipe: string, loss: string, chart: Html): Html {
  return html`<figure class="chart"><figcaption>${recipe} <small>${loss === CLICK_LOSS ? 'log loss' : loss}</small></figcaption>${chart}</figure>`;
}
