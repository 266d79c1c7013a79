import type {
  ClassicalAnswer,
  EffectsReport,
  PairEffect,
  PairFamily,
  Partner,
  PartnerEffects,
  TestAnswer,
} from '../../measure/effects-report.ts';
import { formatCount } from '../format-numbers.ts';
import { shortened } from '../influence-scale.ts';
import { plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

/** Rows of a table that a terminal can hold; files hold all. */
const MOST_ROWS = 15;
const LONGEST_NAME = 22;
const WIDTH = 118;

/** The answer in one sentence, a table for each kind of question that has one, and what it rests on. */
export function effectsText(report: EffectsReport, { recipe }: { readonly recipe: string }): string {
  const { families, classical, lists, users, askedLists, rate } = report;
  const parts = [
    wrapLines(effectsVerdict(report), WIDTH),
    ...families.flatMap((family) => [
      pairsText(family, recipe),
      ...(family.partners ? [partnersText(family.by, family.partners)] : []),
    ]),
    classical
      ? classicalText(classical.effects)
      : 'No fields of the items tell a price and a quality: --price and --quality name them.',
    wrapLines(
      `${recipe} proposed pairs on ${formatCount(askedLists)} training lists, each item left out in turn. They were tested on ${formatCount(lists)} test lists of ${formatCount(users)} users: clicks less what pointwise-bce expects, within the same item, place and length of list. Of what is confirmed at most ${Math.round(100 * rate)} % is chance; where nothing is there, anything is told of 1 in 20 logs. Brackets are 95 % intervals over users, wider where a pair was picked; the tests are one-sided, so what is confirmed may have an interval that just reaches zero.`,
      WIDTH,
    ),
    wrapLines(
      'Nobody drew these lists at random: what always comes along with an item looks like its doing. A list has so many places: where one item stands, another does not.',
      WIDTH,
    ),
  ];
  return parts.join('\n\n');
}

/** What is confirmed, or how large an effect would have to be. */
export function effectsVerdict({ families, classical }: EffectsReport): string {
  const isConfirmed = ({ confirmed }: { readonly confirmed: boolean }): boolean => confirmed;
  const pairs = families.map(({ by, pairs }) =>
    share(pairs.filter(isConfirmed).length, pairs.length, `proposed pairs of ${by}`),
  );
  const partners = families.map(({ by, partners }) => {
    const all = partners?.partners ?? [];
    return share(
      all.filter(({ onOthers }) => onOthers.confirmed).length,
      all.length,
      `values of ${by}, by what they bring or cost the others`,
    );
  });
  const named = (classical?.effects ?? [])
    .filter(isConfirmed)
    .map(({ name }) => name)
    .join(', ');
  const told = [...pairs, ...partners, named].filter((part) => part !== '');
  return told.length === 0
    ? `Nothing is confirmed${unseen(families)}`
    : `Items change what is clicked beside them. Confirmed: ${told.join('; ')}.`;
}

/** Nothing of none. */
const share = (found: number, of: number, what: string): string => (found === 0 ? '' : `${found} of ${of} ${what}`);

/** Why not, and how large an effect would have to be. */
function unseen(families: readonly PairFamily[]): string {
  const halves = families
    .flatMap(({ pairs }) => pairs.map(({ low, high }) => (high - low) / 2))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (halves.length === 0)
    return ': the model proposed no pair. It holds no effect to be as large as half of what the test lists could show.';
  return `: of what the model proposed, nothing stands out of chance on the test lists. Half of the pairs have intervals of ±${points(halves[Math.floor(halves.length / 2)])} points or more: smaller effects stay unseen.`;
}

function pairsText({ by, pairs }: PairFamily, recipe: string): string {
  const confirmed = pairs.filter((pair) => pair.confirmed);
  const title = `Pairs of ${by}: ${confirmed.length} of ${pairs.length} confirmed`;
  if (confirmed.length === 0) return `${title}.`;
  const table = plainTable(['beside', 'the clicks on', 'change', '', 'showings', 'model', ''], (_, text) => text);
  const side = (sign: number): readonly PairEffect[] =>
    confirmed.filter(({ estimate }) => Math.sign(estimate) === sign).slice(0, MOST_ROWS);
  const rows = [...side(1), ...side(-1)];
  for (const pair of rows)
    table.push([
      ...[
        shortened(pair.from, LONGEST_NAME),
        shortened(pair.to, LONGEST_NAME),
        signedChange(pair.estimate),
        bracket(pair),
      ],
      ...[`${pair.present} of ${pair.showings}`, signedChange(pair.influence), pair.name ?? ''],
    ]);
  const rest =
    confirmed.length > rows.length ? ` The other ${confirmed.length - rows.length} are in --csv and --json.` : '';
  return `${title}.\n${table}\n${wrapLines(`Change: of the click probability of the second beside the first, in points. Showings: of the second, how many beside the first. Model: what ${recipe} said. The surest of a large change first.${rest}`, WIDTH)}`;
}

function partnersText(by: string, { partners, cells, all }: PartnerEffects): string {
  const table = plainTable([by, 'lists', 'own clicks', 'clicks of others', '', ''], (_, text) => text);
  for (const partner of partners.slice(0, MOST_ROWS)) {
    const { onOthers, lists, clicks } = partner;
    const { estimate, low, high } = perHundredLists(partner);
    table.push([
      ...[shortened(partner.partner, LONGEST_NAME), formatCount(lists), ((100 * clicks) / lists).toFixed(1)],
      ...[
        signedClicks(estimate),
        `[${signedClicks(low)}, ${signedClicks(high)}]`,
        onOthers.confirmed ? 'confirmed' : '',
      ],
    ]);
  }
  const shown = Math.min(MOST_ROWS, partners.length);
  const which = shown < all ? ` The ${shown} with most showings, of ${all}.` : '';
  return `What each ${by} brings and costs.\n${table}\n${wrapLines(`On 100 lists that show it: its own clicks, and how many more or fewer the others there get by it.${which} What each does to each other one, ${cells.length} pairs, is in --csv, --json and --svg.`, WIDTH)}`;
}

/** What the others on 100 lists gain or lose by a partner's being there, in clicks. */
export function perHundredLists({ onOthers, others }: Partner): { estimate: number; low: number; high: number } {
  const scale = 100 * others;
  return { estimate: scale * onOthers.estimate, low: scale * onOthers.low, high: scale * onOthers.high };
}

function classicalText(effects: readonly ClassicalAnswer[]): string {
  const table = plainTable(['classical effects', 'an item', 'change', '', ''], (_, text) => text);
  for (const effect of effects)
    table.push([
      ...[effect.name, effect.meaning, signedChange(effect.estimate), bracket(effect)],
      effect.confirmed ? 'confirmed' : 'not confirmed',
    ]);
  return `${table}\n${wrapLines('Change: of its click probability, against the same item elsewhere, in points.', WIDTH)}`;
}

const points = (change: number): string => (100 * change).toFixed(1);
/** In points. */
export const signedChange = (change: number): string => withSign(change, points(change));
const signedClicks = (clicks: number): string => withSign(clicks, clicks.toFixed(1));

function withSign(value: number, text: string): string {
  if (!Number.isFinite(value)) return '–';
  return value > 0 && Number(text) !== 0 ? `+${text}` : text.replace(/^-(?=0\.0$)/, '');
}

const bracket = ({ low, high }: Pick<TestAnswer, 'low' | 'high'>): string =>
  `[${signedChange(low)}, ${signedChange(high)}]`;
