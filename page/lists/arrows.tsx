/** Arrows beside the cards: the strongest effects of items on each other, or those of the item that is looked at. */
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { points } from '../shared/format.ts';
import { now } from './asking.ts';
import { drag, LIST } from './dragging.ts';
import { shown } from './history.ts';
import { selected } from './selected.ts';

const WIDE = 56;
const MOST = 8;
/** Weaker effects have no arrow. */
const LEAST = 0.01;

export function Arrows(): JSX.Element | null {
  const [middles, setMiddles] = useState<ReadonlyMap<string, number>>(new Map());
  const { items } = shown.value;
  const answer = now.value;
  useLayoutEffect(() => {
    const list = document.getElementById(LIST);
    if (!list) return;
    const measure = (): void =>
      setMiddles(
        new Map(
          [...list.querySelectorAll<HTMLElement>('[data-item]')].map((card) => [
            card.dataset.item ?? '',
            card.offsetTop + card.offsetHeight / 2,
          ]),
        ),
      );
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(list);
    return () => watch.disconnect();
  }, [items, answer, selected.value, drag.value === undefined]);
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
    .filter((each) => middles.has(each.from) && middles.has(each.to))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MOST);
  const deepest = Math.max(0.05, ...effects.map(({ value }) => Math.abs(value)));
  return (
    <svg class="arrows" width={WIDE} aria-hidden="true">
      {effects.map(({ from: j, to: i, value }) => {
        const [start, end] = [middles.get(j) ?? 0, middles.get(i) ?? 0];
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
