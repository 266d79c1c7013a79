import { CLICK_LOSS, type LearningCurve, recipesOf, termsOf } from '../../measure/learning-curve.ts';
import { overfittingRows } from '../../measure/overfitting.ts';
import { LOSS_KEYS, lossPicture, lossRange } from '../charts/loss-chart.ts';
import { type Html, html } from '../html-template.ts';
import { OVERFITTING_LEGEND } from '../text/legends.ts';
import { overfittingTable } from './html-tables.ts';
import { figure, keyLine, type Section, scrolled } from './section.ts';

/**
 * The article's two pictures, for every recipe: first the log loss of clicks, which all recipes have, on one scale, so that they can be compared; then what else a
 * recipe minimises, each on its own scale: the total of several tasks, and every task but clicks.
 */
export function curveSection(curves: readonly LearningCurve[]): readonly Section[] {
  const trained = curves.filter(({ epochs }) => epochs.some(({ epoch }) => epoch > 0));
  if (trained.length === 0) return [];
  const recipes = recipesOf(trained).map((recipe) => trained.filter((curve) => curve.recipe === recipe));
  const range = lossRange(trained, CLICK_LOSS);
  const main = recipes.map((runs) => lossPicture(runs, CLICK_LOSS, range));
  const further = recipes.flatMap((runs) =>
    ownLosses(termsOf(runs[0])).map((term) => lossPicture(runs, term, lossRange(runs, term))),
  );
  const drawn = (pictures: typeof main): Html =>
    html`<div class="fourths">${pictures.map((picture) => figure(picture, { showsKeys: false }))}</div>`;
  const rows = overfittingRows(curves);
  const body = html`<p class="legend">How the loss fell while each recipe was trained. Strong lines are means over seeds, thin ones single seeds; where some seeds have ended, the mean goes on dashed
      with the others. Both parts are measured with the same weights and without dropout, so the distance between the lines is overfitting.</p>
    ${keyLine(LOSS_KEYS)}
    <h3>The log loss of clicks, one scale for all recipes</h3>${drawn(main)}
    ${further.length === 0 ? html`` : html`<h3>What else is minimised: totals and further terms, each on its own scale</h3>${drawn(further)}`}
    ${rows.length === 0 ? html`` : html`<h3>Overfitting gaps</h3><p class="legend">${OVERFITTING_LEGEND}</p>${scrolled(overfittingTable(rows), 'Overfitting gaps')}`}`;
  return [{ id: 'curves', title: 'Learning curves', body, pictures: [...main, ...further] }];
}

/** Cross-entropy of clicks is the log loss but for its mean, over lists first; the first row has it. */
const ownLosses = (terms: readonly string[]): readonly string[] => [
  ...(terms.length > 1 ? ['total'] : []),
  ...terms.filter((term) => term !== 'bce'),
];
