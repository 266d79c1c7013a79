/** Arrows beside the cards: the strongest effects of items on each other, or those of the item that is looked at. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { points } from '../shared/format.ts';
import { now } from './asking.ts';
import { selected } from './selected.ts';

const WIDE = 56;
const MOST = 8;
/** Weaker effects have no arrow. */
const LEAST = 0.01;

/** Where the middle of each card is, in pixels from the top of the list. */
export const middles = signal<ReadonlyMap<string, number>>(new Map());

export function Arrows(): JSX.Element | null {
  const answer = now.value;
  const places = middles.value;
  if (!answer) return null;
  const from = answer.items.some(({ item }) => item === selected.value) ? selected.value : undefined;
  const effects = answer.influence
    .flatMap((row, j) =>
      row.map((value, i) => ({
        from: answer.items[j]?.item ?? '',
        to: answer.items[i]?.item ?? '',
        value: value ?? 0,
      })),
    )
    .filter((each) => Math.abs(each.value) >= LEAST && (from === undefined || each.from === from))
    .filter((each) => places.has(each.from) && places.has(each.to))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MOST);
  const deepest = Math.max(0.05, ...effects.map(({ value }) => Math.abs(value)));
  return (
    <svg class="arrows" width={WIDE} aria-hidden="true">
      {effects.map(({ from: j, to: i, value }) => {
        const [start, end] = [places.get(j) ?? 0, places.get(i) ?? 0];
        const bow = Math.min(WIDE - 8, 18 + Math.abs(end - start) / 9);
        const side = value > 0 ? 'raises' : 'lowers';
        const strength = 1.2 + (3.6 * Math.abs(value)) / deepest;
        const shift = value > 0 ? -7 : 7;
        return (
          <g key={`${j} ${i}`} class={side}>
            <title>{points(value)}</title>
            <path
              d={`M${WIDE} ${start + shift} C${WIDE - bow} ${start + shift} ${WIDE - bow} ${end + shift} ${WIDE - 7} ${end + shift}`}
              fill="none"
              stroke="currentColor"
              stroke-width={strength}
            />
            <path d={`M${WIDE - 9} ${end + shift - 5}l9 5l-9 5z`} fill="currentColor" />
          </g>
        );
      })}
    </svg>
  );
}
