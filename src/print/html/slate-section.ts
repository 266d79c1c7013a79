import { influencePicture } from '../charts/influence-chart.ts';
import type { Picture } from '../charts/picture.ts';
import { type Html, html } from '../html-template.ts';
import { formatInfluence, largestInfluence } from '../influence-scale.ts';
import { figure, type Section, scrolled } from './section.ts';

const TITLE = 'What do the items of a real list do to each other?';

/** A real list and what its items do to each other. */
export interface ExplainedSlate {
  /** By place. */
  readonly items: readonly {
    readonly name: string;
    readonly probability: number;
    /** Unknown of some lists. */
    readonly clicked?: boolean;
    readonly average?: { readonly mean: number; readonly low: number; readonly high: number };
  }[];
  /** Row j, column i; 0 on the diagonal. */
  readonly influence: readonly (readonly number[])[];
}

/** `ofTest`: lists that no training has seen, asked about with what was known before each. */
export function slateSection(
  slates: readonly ExplainedSlate[],
  { recipe, ofTest }: { readonly recipe: string; readonly ofTest: boolean },
): readonly Section[] {
  if (slates.length === 0) return [];
  const changes = slates.flatMap(({ influence }) => influence.flat().map((change) => 100 * change));
  const largest = largestInfluence(changes, 'points');
  const pictures = slates.map((slate, at) => slatePicture(slate, { number: at + 1, largest }));
  const whose = ofTest
    ? `Lists of the test part, drawn at random among those with a click. ${recipe}, trained with the first seed, was asked about each with what was known before it.`
    : `Lists that ${recipe} keeps of its training part, answered from what it knows now.`;
  const body = html`<p class="legend">${whose} Each item was left out in turn: what does that change for the others? It is what the model says, not what was shown to be so.</p>
    <div class="stack">${pictures.map((picture, at) => html`${figure(picture)}${averageTable(slates[at], picture.title)}`)}</div>`;
  return [{ id: 'slates', title: TITLE, body, pictures }];
}

/** Where no run that was found keeps lists. */
export function noSlateSection(): Section {
  const why = `No list is shown: none of the runs found for this page keeps any. A run keeps some of 3 to 50 items with a click when compare, worth or effects trains a list model with seed 1.
    Where the comparison took its runs from other folders, name these with --from; or make a page of a model: slatewise report <model>.`;
  return { id: 'slates', title: TITLE, body: html`<p class="legend">${why}</p>`, pictures: [] };
}

function slatePicture(
  { items, influence }: ExplainedSlate,
  { number, largest }: { readonly number: number; readonly largest: number },
): Picture {
  const shown = new Set(strongestItems(influence));
  // What has no probability is no row and no column.
  const togetherK = Float64Array.from(items, ({ probability }, k) => (shown.has(k) ? probability : Number.NaN));
  const logitOf = (p: number): number => Math.log(p / (1 - p));
  const influenceKK = influence.map((row) => Float64Array.from(row));
  return influencePicture(
    {
      togetherK,
      influenceKK,
      logitInfluenceKK: influenceKK.map((row) =>
        row.map((change, i) => logitOf(togetherK[i]) - logitOf(togetherK[i] - change)),
      ),
    },
    {
      name: `slate-${number}`,
      title:
        shown.size < items.length
          ? `List ${number}: the ${shown.size} of ${items.length} items that do most`
          : `List ${number}`,
      names: items.map(({ name }) => name),
      notes: items.map(({ clicked }) => (clicked ? 'clicked' : '')),
      largest,
    },
  );
}

/** Items that a picture can hold. */
const MOST_ITEMS = 10;

/** Places of the items that do most to others, or to which most is done. */
function strongestItems(influence: ExplainedSlate['influence']): readonly number[] {
  const strength = influence.map((row, k) =>
    influence.reduce((sum, other, j) => sum + Math.abs(row[j]) + Math.abs(other[k]), 0),
  );
  return [...influence.keys()].sort((a, b) => strength[b] - strength[a] || a - b).slice(0, MOST_ITEMS);
}

/** Against average company, where it is known. */
function averageTable({ items }: ExplainedSlate, title: string): Html {
  if (items.every(({ average }) => average === undefined)) return html``;
  const percent = (p: number): string => `${(100 * p).toFixed(1)} %`;
  const rows = items.map(({ name, probability, average }, place) => {
    const told = average
      ? html`<td>${percent(average.mean)} <small>${percent(average.low)} to ${percent(average.high)}</small></td><td>${formatInfluence(100 * (probability - average.mean), 'points')}</td>`
      : html`<td>–</td><td>–</td>`;
    return html`<tr><th scope="row">${place + 1} ${name}</th><td>${percent(probability)}</td>${told}</tr>`;
  });
  return scrolled(
    html`<table class="narrow"><caption>${title}: the same items at their places on other lists that were really shown, mean with 95 % interval over these lists</caption>
      <thead><tr><th scope="col">item</th><th scope="col">on this list</th><th scope="col">in average company</th><th scope="col">this company, points</th></tr></thead><tbody>${rows}</tbody></table>`,
    `${title} beside average company`,
  );
}
