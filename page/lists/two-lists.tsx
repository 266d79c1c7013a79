/** The list as it was kept, beside the list as it is now. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { percent, plain, points, shortened, signed } from '../shared/format.ts';
import { nameOf, now } from './asking.ts';

const kept = signal<WhatIfAnswer | undefined>(undefined);

export function TwoLists(): JSX.Element {
  const answer = now.value;
  const first = kept.value;
  return (
    <section class="card compare" aria-labelledby="two-lists-title">
      <header>
        <h2 id="two-lists-title">Two lists</h2>
        <button
          type="button"
          disabled={!answer}
          onClick={() => {
            kept.value = answer;
          }}
        >
          {first ? 'Keep the list as it is now' : 'Keep this list, then change it'}
        </button>
      </header>
      {first && answer && (
        <>
          <div class="halves">
            <Column title="kept" answer={first} other={answer} />
            <Column title="now" answer={answer} other={first} />
          </div>
          <p class="soft">
            Now {signed(answer.expectedClicks - first.expectedClicks, 3)} expected clicks and{' '}
            {points(answer.anyClick - first.anyClick)} points of any click.
          </p>
        </>
      )}
    </section>
  );
}

/** Items that only this list has, and items at another place, are marked. */
const Column = ({
  title,
  answer,
  other,
}: {
  readonly title: string;
  readonly answer: WhatIfAnswer;
  readonly other: WhatIfAnswer;
}): JSX.Element => (
  <div>
    <h3>
      {title}{' '}
      <span class="soft small">
        {answer.model}, {plain(answer.expectedClicks)} expected clicks
      </span>
    </h3>
    <ol class="best-items">
      {answer.items.map(({ item, probability }, at) => {
        const there = other.items.findIndex((each) => each.item === item);
        const difference = probability - (other.items[there]?.probability ?? probability);
        return (
          <li key={item} class={there < 0 ? 'new' : ''}>
            <bdi>{shortened(nameOf(item), 28)}</bdi> {percent(probability)}{' '}
            {there < 0 ? (
              <span class="tag">only here</span>
            ) : there === at ? null : (
              <span class="tag">place {there + 1} there</span>
            )}
            {Math.abs(difference) >= 0.0005 && (
              <span class={difference > 0 ? 'rises' : 'falls'}> {points(difference)}</span>
            )}
          </li>
        );
      })}
    </ol>
  </div>
);
