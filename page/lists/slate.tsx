/** The list itself: its cards in order, which move to their places, and the arrows between them. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Empty } from '../shared/notice.tsx';
import { Arrows } from './arrows.tsx';
import { drag, held, LIST } from './dragging.ts';
import { shown } from './history.ts';
import { SlateCard } from './slate-card.tsx';

const MOVES_MS = 180;

export function Slate(): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const tops = useRef(new Map<string, number>());
  const { items } = shown.value;
  const dragged = drag.value?.id;
  useLayoutEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Map<string, number>();
    for (const card of list.current?.querySelectorAll<HTMLElement>('[data-item]') ?? []) {
      const id = card.dataset.item ?? '';
      now.set(id, card.offsetTop);
      const before = tops.current.get(id);
      if (isStill || before === undefined || before === card.offsetTop) continue;
      card.animate([{ transform: `translateY(${before - card.offsetTop}px)` }, { transform: 'none' }], {
        duration: MOVES_MS,
        easing: 'ease-out',
      });
    }
    tops.current = now;
    // What is held stays in the focus while its card moves.
    if (held.value !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(held.value)}"] .handle`)?.focus();
  }, [items]);
  return (
    <div class="with-arrows">
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
