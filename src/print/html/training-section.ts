import { formatDuration, formatMetric } from '../format-numbers.ts';
import { html } from '../html-template.ts';
import { epochText } from '../text/runs-text.ts';
import { type Section, scrolled } from './section.ts';

/** How a training stands. */
export interface TrainingFacts {
  readonly recipe: string;
  readonly seed: number;
  /** The path that it learned from. */
  readonly data: string;
  readonly state: string;
  readonly started: string;
  readonly seconds: number;
  readonly epochs: number;
  /** 0 while there is none. */
  readonly keptEpoch: number;
  /** On validation, of the kept epoch. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly version: string;
}

const SHOWN = [
  ['validation/rocAuc', 'ROC AUC'],
  ['validation/logLoss', 'log loss'],
  ['validation/ndcgAt10', 'NDCG@10'],
] as const;

/** Trainings that were not compared on test lists: what validation says of them. */
export function trainingSection(trainings: readonly TrainingFacts[]): Section {
  const rows = trainings.map(({ recipe, seed, state, epochs, keptEpoch, metrics, seconds, data, started, version }) => {
    const figures = SHOWN.map(([name]) => html`<td>${formatMetric(metrics[name] ?? null)}</td>`);
    return html`<tr><th scope="row">${recipe}</th><td>${seed}</td><td>${state}</td><td>${epochText({ keptEpoch, epochs })}</td>${figures}
      <td>${formatDuration(seconds)}</td><td>${started.slice(0, 16).replace('T', ' ')}</td><td>${version}</td><td class="words">${data}</td></tr>`;
  });
  const heads = [
    'recipe',
    'seed',
    'state',
    'kept epoch',
    ...SHOWN.map(([, head]) => head),
    'took',
    'begun',
    'version',
    'learned from',
  ];
  const body = html`<p class="legend">Figures are of the validation part, which also chose the epoch that was kept: they are a little too good. Log losses are those before calibration. No interval belongs to a single training.</p>
    ${scrolled(html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`, 'Table of trainings')}`;
  return { id: 'trainings', title: 'Trainings', body, pictures: [] };
}

/** Of several trainings, or of one. */
export function trainingHeadline(trainings: readonly TrainingFacts[]): string {
  const finished = trainings.filter(({ state }) => state === 'finished');
  const [only] = trainings;
  if (trainings.length !== 1)
    return `${finished.length} of ${trainings.length} trainings are finished; they were not compared on test lists.`;
  const [auc, loss] = SHOWN.map(([name]) => formatMetric(only.metrics[name] ?? null));
  return only.keptEpoch === 0
    ? `${only.recipe} has finished no epoch yet.`
    : `${only.recipe} reaches ROC AUC ${auc} and log loss ${loss} on the validation lists, which chose its epoch.`;
}
