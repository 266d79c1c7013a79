/** What a part shows in place of its content: nothing there yet, on its way, or something wrong. */
import type { ComponentChildren, JSX } from 'preact';

/** Nothing there yet: what would be here, and how to get it. */
export const Empty = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element => (
  <div class="notice">
    <strong>{title}</strong>
    {children}
  </div>
);

export const Waiting = ({ what }: { readonly what: string }): JSX.Element => (
  <p class="waiting" role="status">
    {what}
  </p>
);

/** What went wrong in one sentence, and a way on. */
export const Failed = ({
  title,
  sentence,
  again,
}: {
  readonly title: string;
  readonly sentence: string;
  readonly again?: (() => void) | undefined;
}): JSX.Element => (
  <div class="notice bad" role="alert">
    <strong>{title}</strong>
    <span>{sentence}</span>
    {again && (
      <button type="button" onClick={again}>
        Try again
      </button>
    )}
  </div>
);
