import { type Html, html } from './html-template.ts';
import { type LearningCurve, recipesOf, sharedTerm, termsOf } from './learning-curve.ts';
import { lossChart, lossRange } from './loss-chart.ts';

/**
 * The article's two pictures, for every recipe: first the loss that all recipes share, on one scale, so that they can be compared; then, for the
 * recipes with several tasks, the total and each further task on its own scale.
 */
export function learningCurveSection(curves: readonly LearningCurve[]): Html {
  const trained = curves.filter(({ epochs }) => epochs.some(({ epoch }) => epoch > 0));
  if (trained.length === 0) return html``;
  const shared = sharedTerm(trained);
  const recipes = recipesOf(trained).map((recipe) => ({
    recipe,
    runs: trained.filter((curve) => curve.recipe === recipe),
  }));
  const comparable = shared ?? 'total';
  const range = shared === undefined ? undefined : lossRange(trained, shared);
  const main = recipes.map(({ recipe, runs }) => {
    return figure(recipe, comparable, lossChart(runs, comparable, range ?? lossRange(runs, comparable)));
  });
  const further = recipes
    .filter(({ runs }) => termsOf(runs[0]).length > 1)
    .flatMap(({ recipe, runs }) =>
      ['total', ...termsOf(runs[0]).filter((term) => term !== shared)].map((term) =>
        figure(recipe, term, lossChart(runs, term, lossRange(runs, term))),
      ),
    );
  const scale =
    shared === undefined ? 'Total loss, each on its own scale' : `The ${shared} loss, one scale for all recipes`;
  return html`<section>
    <h2>Learning curves</h2>
    <p class="legend"><span class="key train"></span> train <span class="key validation"></span> validation
      <span class="key dot"></span> epoch kept. Strong lines are means over seeds, thin ones single seeds. Both parts are
      measured with the same weights and without dropout, so the distance between the lines is overfitting.</p>
    <h3>${scale}</h3>
    <div class="multiples">${main}</div>
    ${further.length === 0 ? html`` : html`<h3>Several tasks: total and further terms, each on its own scale</h3><div class="multiples">${further}</div>`}
  </section>`;
}

function figure(recipe: string, loss: string, chart: Html): Html {
  return html`<figure class="chart"><figcaption>${recipe} <small>${loss}</small></figcaption>${chart}</figure>`;
}
