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
      ({ item, position, probability }) =>
        `  ${String(position + 1).padStart(String(items.length).length)}  ${item.padEnd(width)}  ${percent(probability).padStart(6)}`,
    ),
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

const objectiveText = ({ objective, diversity }: SlateReply): string =>
  diversity === 0 ? objective : `${objective} less ${diversity} x likeness`;

/** As many decimals as tell slates apart: sums of clicks are small, sums of prices are not. */
const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(3));

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
