/** A number, or a word, that explains itself: on hover, on focus, and to a screen reader. */
import type { ComponentChildren, JSX } from 'preact';
import { createPortal } from 'preact/compat';
import { useId, useRef, useState } from 'preact/hooks';

export interface ExplainedProps {
  /** What it means, in a sentence or two. */
  readonly by: string;
  readonly children: ComponentChildren;
  readonly class?: string;
}

export function Explained({ by, children, class: given = '' }: ExplainedProps): JSX.Element {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>();
  const show = (): void => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(12, Math.min(box.left, innerWidth - 352));
    setPlace({ left, top: box.bottom + 110 > innerHeight ? Math.max(8, box.top - 96) : box.bottom + 6 });
  };
  const hide = (): void => setPlace(undefined);
  return (
    <>
      <button
        type="button"
        ref={anchor}
        class={`explained ${given}`}
        aria-describedby={id}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {children}
      </button>
      <span id={id} hidden>
        {by}
      </span>
      {place &&
        createPortal(
          <div class="tip" role="tooltip" style={{ left: `${place.left}px`, top: `${place.top}px` }}>
            {by}
          </div>,
          document.body,
        )}
    </>
  );
}
