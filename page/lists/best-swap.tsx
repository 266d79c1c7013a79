/** The one exchange that would help most. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { percent, shortened, signed } from '../shared/format.ts';
import { server } from '../shared/server.ts';
import { bodyOf, nameOf, now } from './asking.ts';
import { change, draft, present } from './history.ts';
import { swap } from './list-state.ts';

const found = signal<WhatIfAnswer['swap'] | undefined>(undefined);
const MOST = 500;

export function BestSwap(): JSX.Element | null {
  const state = present.value;
  const { pinned, excluded } = state;
  const others = state.candidates.filter((id) => !excluded.includes(id)).slice(0, MOST);
  // Fields of candidates that are taken to be otherwise count too.
  const body = {
    ...bodyOf(state),
    ...(Object.keys(state.asIf).length === 0 ? {} : { asIf: state.asIf }),
    ...{ swaps: others, pinned },
  };
  const question = JSON.stringify(body);
  useEffect(() => {
    found.value = undefined;
    if (others.length === 0 || state.items.length === 0 || draft.peek()) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      server
        .peek()
        .whatIf(body, { signal: stop.signal })
        .then(
          (answer) => {
            found.value = answer.swap;
          },
          () => undefined,
        );
    }, 200);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question]);
  const best = found.value;
  const clicks = now.value?.expectedClicks;
  if (!best || clicks === undefined) return null;
  const gain = best.expectedClicks - clicks;
  if (gain <= 0.0005)
    return (
      <p class="swap soft small">
        No exchange of one item for a candidate brings more clicks ({best.tried} of {best.of} tried).
      </p>
    );
  return (
    <p class="swap">
      <span>
        Best exchange: <bdi>{shortened(nameOf(best.in), 28)}</bdi> for <bdi>{shortened(nameOf(best.out), 28)}</bdi>,{' '}
        {signed(gain, 3)} expected clicks, any click {percent(best.anyClick)}
        {best.tried < best.of ? ` (${best.tried} of ${best.of} tried)` : ''}.
      </span>
      <button type="button" onClick={() => change(swap(present.peek(), best.out, best.in))}>
        Exchange them
      </button>
    </p>
  );
}
