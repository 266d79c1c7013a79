/** The lists that were answered last, each with a way into the editor: why was this shown? */
import type { JSX } from 'preact';
import type { RecentAnswer } from '../../src/serve/client/page-types.ts';
import { stateOf } from '../lists/begin-state.ts';
import { toHash } from '../lists/share.ts';
import { Explained } from '../shared/explained.tsx';
import { percent, shortened } from '../shared/format.ts';
import { Empty } from '../shared/notice.tsx';
import { Scrolled } from '../shared/scrolled.tsx';

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The list as it was answered, with what it was made from as candidates. */
function linkTo({ request, items, model }: RecentAnswer): string {
  const onList = items.slice(0, 50).map(({ item }) => item);
  const asked = new Map(request.items.map((item) => [String(typeof item === 'object' ? item.id : item), item]));
  const candidates = [...asked.keys()].filter((id) => !onList.includes(id)).slice(0, 200);
  const listed = onList.map((id) => asked.get(id) ?? id);
  return `/lists${toHash({ ...stateOf({ ...request, items: listed }, candidates), model })}`;
}

export function Recent({ lists }: { readonly lists: readonly RecentAnswer[] }): JSX.Element {
  return (
    <section class="card whole" aria-labelledby="recent-title">
      <header>
        <h2 id="recent-title">
          <Explained by="Lists that /v1/rank or /v1/generate answered to requests with an id, the latest first. Shown: a list of the same id was told as shown. They are kept in mind only, the last 50.">
            Last lists answered
          </Explained>
        </h2>
      </header>
      {lists.length === 0 ? (
        <Empty title="No list yet">
          <span>Requests with an id of their own stand here once /v1/rank or /v1/generate has answered them.</span>
        </Empty>
      ) : (
        <Scrolled label="Last lists answered">
          <table class="lists-table">
            <thead>
              <tr>
                <th scope="col">time</th>
                <th scope="col" class="words">
                  user
                </th>
                <th scope="col" class="words">
                  model
                </th>
                <th scope="col" class="words">
                  <Explained by="The items from the top, each with the click probability that was answered; ✓ and bold: it was clicked.">
                    list, with clicks expected
                  </Explained>
                </th>
                <th scope="col" class="words">
                  <Explained by="Answered: nothing more is known. Shown: a list of the same id was told as shown. Clicked: an item of it was clicked.">
                    became
                  </Explained>
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {lists.map((list) => (
                <Row key={`${list.request.id} ${list.at}`} list={list} />
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </section>
  );
}

const Row = ({ list }: { readonly list: RecentAnswer }): JSX.Element => (
  <tr>
    <td>{CLOCK.format(list.at)}</td>
    <td class="words">
      <bdi>{shortened(String(list.request.user ?? 'nobody known'), 20)}</bdi>
    </td>
    <td class="words">
      {list.model}
      {list.experiments && <span class="soft small"> {shortened(Object.values(list.experiments).join(', '), 30)}</span>}
    </td>
    <td class="words">
      {list.items.slice(0, 4).map(({ item, probability }) => (
        <span key={item}>
          <bdi>{list.clicked.includes(item) ? <strong>{shortened(item, 18)} ✓</strong> : shortened(item, 18)}</bdi>{' '}
          <span class="soft small">{percent(probability, 0)}</span>{' '}
        </span>
      ))}
      {list.items.length > 4 && <span class="soft small">and {list.items.length - 4} more</span>}
    </td>
    <td class="words">{list.clicked.length > 0 ? 'clicked' : list.isShown ? 'shown' : 'answered'}</td>
    <td>
      <a href={linkTo(list)}>
        Why?
        <span class="hidden">
          {' '}
          The list of {CLOCK.format(list.at)}, {shortened(String(list.request.id ?? ''), 40)}
        </span>
      </a>
    </td>
  </tr>
);
