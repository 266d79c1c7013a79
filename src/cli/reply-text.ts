import type { SlateReply } from '../generate/request/slate-reply.ts';
import type { Cut } from '../generate/search-limit.ts';
import { wrapLines } from '../print/text/wrap-lines.ts';

const WIDTH = 118;

/** A made slate for a terminal: what it is worth, its items with their click probability in this company, then what else was asked for. */
export function replyText(reply: SlateReply): string {
  const { request, items, expectedClicks, anyClick, value, objective, diversity } = reply;
  const isPlain = objective === 'clicks' && diversity === 0;
  const worth = isPlain ? '' : `; worth ${number(value)} by ${objectiveText(reply)}`;
  const width = Math.max(...items.map(({ item }) => item.length));
  const lines = [
    `${request}: ${number(expectedClicks)} expected clicks, at least one with ${percent(anyClick)}${worth}`,
    ...items.map(
      ({ item, position, probability, propensity }) =>
        `  ${String(position + 1).padStart(String(items.length).length)}  ${item.padEnd(width)}  ${percent(probability).padStart(6)}${propensity === undefined ? '' : `  drawn with ${chance(propensity)}`}`,
    ),
    ...exploreLines(reply),
    ...(reply.cut === undefined ? [] : [cutLine(reply.cut)]),
    ...bestLines(reply),
    ...reply.alternatives.map(
      (other) => `  next best ${number(other.value)}: ${other.items.map(({ item }) => item).join(', ')}`,
    ),
    ...reply.rules.map(({ sentence }) => `  rule: ${sentence}`),
  ];
  return `${lines.map((line) => wrapLines(line, WIDTH, '    ')).join('\n')}\n`;
}

const cutLine = (cut: Cut): string =>
  cut === 'deadline'
    ? '  cut: the deadline ended the search; the best slate so far'
    : '  cut: the search ended at its bound; the best slate so far, a shorter slate or another generator may do better';

function bestLines({ best, gap, value }: SlateReply): readonly string[] {
  if (best === undefined) return [];
  const [is, by] =
    best.by === 'exhaustive' ? ['the best there is', 'all were tried'] : ['none better is known', 'long search'];
  if (gap === 0) return [`  ${is} (${by})`];
  return [
    `  ${gap === undefined ? number(best.value - value) : percent(gap, 2)} below the best ${best.by === 'exhaustive' ? 'there is' : 'known'}, ${number(best.value)} (${by}): ${best.items.join(', ')}`,
  ];
}

function exploreLines({ policy, propensity = 0, explorePrice }: SlateReply): readonly string[] {
  if (policy === undefined) return [];
  const drawn = `  drawn by ${policy}, this slate with ${chance(propensity)}`;
  if (explorePrice === undefined) return [drawn];
  const { best, expected, cost, low, high, by } = explorePrice;
  const interval = by === 'exhaustive' || low === null || high === null ? '' : ` [${number(low)}, ${number(high)}]`;
  return [
    drawn,
    `  exploring costs ${number(cost)}${interval} of ${number(best)} on average: ${number(expected)} is left (${by === 'exhaustive' ? 'all slates' : 'from draws'})`,
  ];
}

/** Small chances in three digits. */
const chance = (probability: number): string => `${(100 * probability).toPrecision(3)} %`;

const objectiveText = ({ objective, diversity }: SlateReply): string =>
  diversity === 0 ? objective : `${objective} less ${diversity} x likeness`;

/** As many decimals as tell slates apart: sums of clicks are small, sums of prices are not. */
const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(3));

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
