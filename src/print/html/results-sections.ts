/** What `worth` and `effects` found, beside a comparison or by themselves. */
import type { CompanyWorth, Gain } from '../../measure/company-worth.ts';
import type { EffectsReport, TestAnswer } from '../../measure/effects-report.ts';
import { intervalTracks, type Track } from '../charts/interval-tracks.ts';
import { partnerPicture } from '../charts/partner-chart.ts';
import type { Picture } from '../charts/picture.ts';
import { html } from '../html-template.ts';
import { effectsVerdict, signedChange } from '../text/effects-text.ts';
import { worthText } from '../text/worth-text.ts';
import { figure, type Section } from './section.ts';

export type WorthResult = CompanyWorth & {
  readonly recipe: string;
  readonly pointwise: string;
  readonly seeds: number;
};
export type EffectsResult = EffectsReport & { readonly recipe: string };

export function worthSection(worth: WorthResult): Section {
  const { recipe, pointwise, clicks, logLoss } = worth;
  const [, ...sentences] = worthText(worth, worth).split('\n');
  const gain = (label: string, told: Gain, format: (value: number) => string): Picture => {
    const track = trackOf(label, told, format);
    return {
      ...{ name: `worth-${label}`, title: label, note: `${recipe} less ${pointwise}` },
      ...intervalTracks([{ ...track, label: recipe }], { format }),
      table: tracksTable(label, [{ ...track, label: recipe }]),
    };
  };
  const pictures = [
    gain('More clicks in the upper half of the list', clicks, percent),
    gain('Lower log loss', logLoss, (value) => value.toFixed(4)),
  ];
  // The first sentence is the headline of the page.
  const body = html`<p class="legend">${sentences.join(' ')}</p>
    <div class="thirds">${pictures.map((picture) => figure(picture))}</div>`;
  return { id: 'worth', title: 'Is company worth modelling?', body, pictures };
}

/** Pairs that a picture can hold. */
const MOST_PAIRS = 12;

export function effectsSection(report: EffectsResult): Section {
  const pairs = report.families.flatMap(({ by, pairs: all }): Picture[] => {
    const confirmed = all.filter((pair) => pair.confirmed).slice(0, MOST_PAIRS);
    if (confirmed.length === 0) return [];
    const tracks = confirmed.map((pair) => trackOf(`${pair.from} → ${pair.to}`, pair, points));
    return [tracksPicture(`effects-${by}`, `Pairs of ${by}: what the first does to the second`, tracks)];
  });
  const classical = report.classical?.effects ?? [];
  const named = classical.map((effect) =>
    trackOf(`${effect.name}${effect.confirmed ? '' : ' (not confirmed)'}`, effect, points),
  );
  const partners = report.families.flatMap(({ by, partners: found }) => (found ? [partnerPicture(found, { by })] : []));
  const small = [
    ...(named.length > 0 ? [tracksPicture('effects-classical', 'The effects that the literature knows', named)] : []),
    ...pairs,
  ];
  const body = html`<p><strong>${effectsVerdict(report)}</strong></p>
    <p class="legend">Change of the click probability in points, with 95 % intervals over users; ${report.recipe} proposed, test lists that no model had seen confirmed. The tests are one-sided: what is confirmed may have an interval that just reaches zero. Nobody drew these lists at random: what always
      comes along with an item looks like its doing.</p>
    <div class="halves">${small.map((picture) => figure(picture))}</div>${partners.map((picture) => figure(picture))}`;
  return { id: 'effects', title: 'Who lifts and who eats whom?', body, pictures: [...small, ...partners] };
}

function tracksPicture(name: string, title: string, tracks: readonly Track[]): Picture {
  return { name, title, ...intervalTracks(tracks, { width: 460, format: points }), table: tracksTable(title, tracks) };
}

/** JSON has no NaN: what was none is null there. */
function trackOf(
  label: string,
  { estimate, low, high }: Pick<TestAnswer, 'estimate' | 'low' | 'high'>,
  format: (value: number) => string,
): Track {
  const isKnown = [estimate, low, high].every(Number.isFinite);
  if (!isKnown) return { label, told: 'unknown', value: Number.NaN, low: Number.NaN, high: Number.NaN, tone: 'open' };
  const told = `${format(estimate)} [${format(low)}, ${format(high)}]`;
  return { label, told, value: estimate, low, high, tone: low > 0 ? 'better' : high < 0 ? 'worse' : 'open' };
}

function tracksTable(caption: string, tracks: readonly Track[]): Picture['table'] {
  const rows = tracks.map(({ label, told }) => html`<tr><th scope="row">${label}</th><td>${told}</td></tr>`);
  return html`<table><caption>${caption}</caption><thead><tr><td></td><th scope="col">estimate and 95 % interval</th></tr></thead><tbody>${rows}</tbody></table>`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (change: number): string => signedChange(change);
