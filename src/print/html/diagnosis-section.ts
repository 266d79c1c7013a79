/** Why it overfits: the answer of `diagnose` as sentences and pictures. */
import type { Diagnosis, Figure } from '../../measure/diagnosis-report.ts';
import { LINE_COLORS } from '../charts/chart-colors.ts';
import { intervalTracks, type Track } from '../charts/interval-tracks.ts';
import { type ChartLine, lineChart } from '../charts/line-chart.ts';
import { lineLook } from '../charts/line-look.ts';
import type { Picture } from '../charts/picture.ts';
import { formatCount } from '../format-numbers.ts';
import { html } from '../html-template.ts';
import { diagnosisSentences, nats, percent, range } from '../text/diagnosis-sentences.ts';
import { captionedTable } from './html-tables.ts';
import { figure, type Section } from './section.ts';

const SIZE = { width: 440, height: 320 } as const;

const QUESTIONS = { data: 'Too little data?', bias: 'Biased data?', task: 'The wrong task?' } as const;

export function diagnosisSection(diagnosis: Diagnosis): Section {
  const { causes, advice } = diagnosisSentences(diagnosis);
  const pictures = [
    sizePicture(diagnosis),
    ...(diagnosis.task.cures.length > 0 ? [curePicture(diagnosis)] : []),
    ...tracks('diagnosis-remedies', 'Trained again without a bias', diagnosis.bias.remedies),
    ...tracks('diagnosis-tasks', 'A second task beside all regularisation', diagnosis.task.tasks),
  ];
  const body = html`<dl>${diagnosis.causes.map(({ cause }) => html`<dt>${QUESTIONS[cause]}</dt><dd>${causes[cause]}</dd>`)}</dl>
    <h3>What to do next</h3>
    ${advice.length === 0 ? html`<p>Nothing that these figures show.</p>` : html`<ol>${advice.map((line) => html`<li>${line}</li>`)}</ol>`}
    <div class="halves">${pictures.map((picture) => figure(picture))}</div>
    <p class="legend">Losses are log losses of clicks, in nats; ${diagnosis.seeds} trainings of each kind, but one of each cure without regularisation; intervals are of 95 %, over users and seeds. ${diagnosis.subsampled.join(' ')}</p>`;
  return { id: 'diagnosis', title: 'Why does it overfit?', body, pictures };
}

/** Losses against the number of training lists. */
function sizePicture({ data: { points } }: Diagnosis): Picture {
  const parts = [
    { label: 'train', values: points.map(({ train }) => train) },
    { label: 'validation', values: points.map(({ validation }) => validation) },
    { label: 'test', values: points.map(({ test }) => test.estimate) },
  ].map((part, order) => ({ ...part, ...lineLook(order) }));
  const intervals: ChartLine = {
    points: points.flatMap(({ lists, test }) => [
      [lists, test.low] as const,
      [lists, test.high] as const,
      [lists, Number.NaN] as const,
    ]),
    color: LINE_COLORS[2],
    width: 1.6,
  };
  const lines = parts.map(({ values, color, dash }) => ({
    points: points.map(({ lists }, at) => [lists, values[at]] as const),
    ...{ color, dash, dots: [...points.keys()] },
  }));
  const bounds = [...parts.flatMap(({ values }) => values), ...points.flatMap(({ test }) => [test.low, test.high])];
  const rows = points.map(
    ({ share, lists, users, train, validation, test }) =>
      html`<tr><th scope="row">${percent(share)}</th><td>${formatCount(lists)}</td><td>${formatCount(users)}</td><td>${nats(train)}</td><td>${nats(validation)}</td><td>${nats(test.estimate)} ${range(test)}</td></tr>`,
  );
  return {
    ...{ name: 'diagnosis-size', title: 'With fewer training lists', note: 'log loss of clicks, with 95 % intervals' },
    keys: parts.map(({ label, color, dash }) => ({ label, color, dash, mark: 'line' })),
    ...SIZE,
    marks: lineChart({
      ...SIZE,
      x: { name: 'training lists', min: 0, max: points[points.length - 1].lists },
      ...{ y: { name: 'log loss', ...margins(bounds), hidesEnds: true }, lines: [...lines, intervals] },
    }),
    table: captionedTable(
      'Losses by the number of training lists',
      ['share', 'lists', 'users', 'train', 'validation', 'test'],
      rows,
    ),
  };
}

/** Lines that a picture can hold. */
const MOST_LINES = 6;

/** The gap between training and validation by epoch, of each cure by itself: without any, and those that close most of it. */
function curePicture({ task: { cures, cureLists } }: Diagnosis): Picture {
  const [none, ...others] = cures;
  const best = others.toSorted((a, b) => (b.closes ?? 0) - (a.closes ?? 0)).slice(0, MOST_LINES - 1);
  const drawn = [none, ...best].map((cure, order) => ({ ...cure, ...lineLook(order) }));
  const lines = drawn.map(({ gaps, color, dash }) => ({
    points: gaps.map((gap, at) => [at + 1, gap] as const),
    color,
    dash,
  }));
  const rows = cures.map(
    ({ name, kind, gapAtLast, closes, rise, lowestValidation }) =>
      html`<tr><th scope="row">${name}</th><td>${kind}</td><td>${nats(gapAtLast)}</td><td>${kind === 'none' || closes === null ? '' : percent(closes)}</td><td>${nats(rise)}</td><td>${nats(lowestValidation)}</td></tr>`,
  );
  const heads = ['alone', 'kind', 'gap at last', 'closes', 'rise', 'lowest validation'];
  return {
    ...{ name: 'diagnosis-cures', title: 'Which cure closes the gap?' },
    note: `Validation less train loss by epoch, each cure by itself, on ${formatCount(cureLists)} lists`,
    keys: drawn.map(({ name, color, dash }) => ({ label: name, color, dash, mark: 'line' })),
    ...SIZE,
    marks: lineChart({
      ...SIZE,
      x: { name: 'epoch', min: 1, max: Math.max(2, ...drawn.map(({ gaps }) => gaps.length)), isCount: true },
      y: { name: 'gap', ...margins([0, ...drawn.flatMap(({ gaps }) => gaps)]), hidesEnds: true },
      lines,
    }),
    table: captionedTable('The gap of each cure', heads, rows),
  };
}

function tracks(
  name: string,
  title: string,
  rows: readonly { readonly name: string; readonly saved: Figure }[],
): readonly Picture[] {
  if (rows.length === 0) return [];
  const all = rows.map(({ name: label, saved }): Track => {
    const { estimate, low, high } = saved;
    const tone = low > 0 ? 'better' : high < 0 ? 'worse' : 'open';
    return { label, told: `${nats(estimate)} ${range(saved)}`, value: estimate, low, high, tone };
  });
  const lines = all.map(({ label, told }) => html`<tr><th scope="row">${label}</th><td>${told}</td></tr>`);
  return [
    {
      ...{ name, title, note: 'test log loss saved, with 95 % intervals' },
      ...intervalTracks(all, { width: 460, format: nats }),
      table: captionedTable(title, ['', 'test log loss saved'], lines),
    },
  ];
}

function margins(values: readonly number[]): { readonly min: number; readonly max: number } {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const margin = 0.06 * (high - low || 1);
  return { min: low - margin, max: high + margin };
}
