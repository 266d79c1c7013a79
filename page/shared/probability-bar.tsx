/** A click probability as a bar, with marks for what it was before and what it would be alone. */
import type { JSX } from 'preact';
import { percent } from './format.ts';

export interface ProbabilityBarProps {
  readonly now: number | null | undefined;
  readonly before?: number | null | undefined;
  readonly alone?: number | null | undefined;
  /** The probability at the right end. */
  readonly most?: number;
}

const HALF_MARK = 0.4;

export function ProbabilityBar({ now, before, alone, most = 1 }: ProbabilityBarProps): JSX.Element {
  const at = (share: number): string => `${Math.min(100 - HALF_MARK, Math.max(HALF_MARK, (100 * share) / most))}%`;
  return (
    <div class="probability">
      <div class="track" aria-hidden="true">
        <div class="now" style={{ width: typeof now === 'number' ? at(now) : '0' }} />
        {typeof before === 'number' && <div class="mark before" style={{ left: at(before) }} />}
        {typeof alone === 'number' && <div class="mark alone" style={{ left: at(alone) }} />}
      </div>
      <span class="value">{percent(now)}</span>
    </div>
  );
}
