import type { ComponentChildren, JSX } from 'preact';

/** Content that may be wider than the screen: reached and moved by the keyboard. */
export const Scrolled = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by the keyboard
  <section class="scroll" aria-label={`Table: ${label}`} tabIndex={0}>
    {children}
  </section>
);
