/** Who lifts and who eats whom, as a table: a row for each item that does something, a column for each to which it is done. */
import type { JSX } from 'preact';
import { points, shortened } from '../shared/format.ts';
import { Scrolled } from '../shared/scrolled.tsx';
import { isCurrent, nameOf, now } from './asking.ts';
import { selected } from './selected.ts';

/** Above so many items a cell has a colour only; its number is told on hover and in its row. */
const MOST_WITH_NUMBERS = 12;
/** What the deepest colour stands for at least: what rounds to nothing should not look like much. */
const LEAST = 0.01;

export function Influence(): JSX.Element | null {
  const answer = now.value;
  if (!answer || answer.items.length < 2) return null;
  const { items, influence } = answer;
  const deepest = Math.max(LEAST, ...influence.flatMap((row) => row.map((value) => Math.abs(value ?? 0))));
  const isSmall = items.length <= MOST_WITH_NUMBERS;
  return (
    <section class="card" aria-labelledby="influence-title">
      <header>
        <h2 id="influence-title">Who lifts, who eats</h2>
        <span class="soft small">
          <span class="swatch raises" /> lifts <span class="swatch lowers" /> eats
        </span>
      </header>
      <p class="soft small">
        Read a row: what this item’s being on the list does to the click probability of each other one, in points. It is
        found by leaving it out.
      </p>
      <Scrolled label="Influence of items on each other">
        <table class={`influence ${isCurrent.value ? '' : 'older'} ${isSmall ? '' : 'dense'}`}>
          <thead>
            <tr>
              <td />
              {items.map(({ item }, i) => (
                <th scope="col" key={item} title={shortened(nameOf(item), 200)}>
                  {isSmall ? <bdi>{shortened(nameOf(item), 12)}</bdi> : i + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(({ item }, j) => (
              <tr key={item} class={selected.value === item ? 'selected' : ''}>
                <th scope="row">
                  {!isSmall && `${j + 1} `}
                  <bdi>{shortened(nameOf(item), 20)}</bdi>
                </th>
                {influence[j]?.map((value, i) => (
                  <Cell key={items[i]?.item} value={value} deepest={deepest} showsNumber={isSmall} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

function Cell({
  value,
  deepest,
  showsNumber,
}: {
  readonly value: number | null;
  readonly deepest: number;
  readonly showsNumber: boolean;
}): JSX.Element {
  if (value === null) return <td class="self">{showsNumber ? '·' : ''}</td>;
  const depth = Math.min(1, Math.abs(value) / deepest);
  return (
    <td title={points(value)} class={depth > 0.55 ? 'deep' : ''}>
      <span class={`shade ${value > 0 ? 'raises' : 'lowers'}`} style={{ opacity: depth }} />
      <span class={showsNumber ? 'number' : 'hidden'}>{points(value)}</span>
    </td>
  );
}
