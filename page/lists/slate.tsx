/** The list itself: its cards in order, which move to their places, and the arrows between them. */
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Empty } from '../shared/notice.tsx';
import { Arrows, middles } from './arrows.tsx';
import { drag, held, LIST } from './dragging.ts';
import { shown } from './history.ts';
import { SlateCard } from './slate-card.tsx';

const MOVES_MS = 180;
/** On a longer list bars change at once: each frame in which so many of them glide would be laid out and painted anew. */
const MOST_GLIDING = 12;

interface Place {
  readonly card: HTMLElement;
  readonly id: string;
  readonly top: number;
  readonly height: number;
}

const placesOf = (list: HTMLElement | null): readonly Place[] =>
  [...(list?.querySelectorAll<HTMLElement>('[data-item]') ?? [])].map((card) => ({
    ...{ card, id: card.dataset.item ?? '', top: card.offsetTop, height: card.offsetHeight },
  }));

const middlesOf = (places: readonly Place[]): ReadonlyMap<string, number> =>
  new Map(places.map(({ id, top, height }) => [id, top + height / 2]));

export function Slate(): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const tops = useRef(new Map<string, number>());
  const items = useComputed(() => shown.value.items).value;
  const dragged = useComputed(() => drag.value?.id).value;
  useLayoutEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const from = tops.current;
    // All places are read before anything is written, so that the page is laid out once.
    const cards = placesOf(list.current);
    const above = list.current?.getBoundingClientRect().top ?? 0;
    tops.current = new Map(cards.map(({ id, top }) => [id, top]));
    middles.value = middlesOf(cards);
    for (const { card, id, top, height } of cards) {
      const before = from.get(id);
      if (isStill || before === undefined || before === top) continue;
      // From where it was to where it is, where a bit of that is on the screen.
      if (above + Math.max(before, top) + height < 0 || above + Math.min(before, top) > innerHeight) continue;
      card.animate([{ transform: `translateY(${before - top}px)` }, { transform: 'none' }], {
        duration: MOVES_MS,
        easing: 'ease-out',
      });
    }
    // What is held stays in the focus while its card moves.
    if (held.value !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(held.value)}"] .handle`)?.focus();
  }, [items]);
  // What wraps or widens moves the others.
  useLayoutEffect(() => {
    const { current } = list;
    if (!current) return;
    const watch = new ResizeObserver(() => {
      middles.value = middlesOf(placesOf(current));
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
  return (
    <div class={`with-arrows ${items.length > MOST_GLIDING ? 'still' : ''}`}>
      <Arrows />
      <ol id={LIST} class="slate" ref={list} aria-label="The list, from the top">
        {items.map((id, at) => (
          <SlateCard key={id} id={id} at={at} isDragged={dragged === id} />
        ))}
      </ol>
      {items.length === 0 && (
        <Empty title="The list is empty">
          <span>Drag an item here, or press Add beside one.</span>
        </Empty>
      )}
    </div>
  );
}
