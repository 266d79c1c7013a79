/** Who lifts and who eats whom, as a table: a row for each item that does something, a column for each to which it is done. */
import { useComputed } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
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
        <Current>
          <table class={`influence ${isSmall ? '' : 'dense'}`}>
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
                <Row key={item} item={item}>
                  <th scope="row">
                    {!isSmall && `${j + 1} `}
                    <bdi>{shortened(nameOf(item), 20)}</bdi>
                  </th>
                  {influence[j]?.map((value, i) => (
                    <Cell key={items[i]?.item} value={value} deepest={deepest} showsNumber={isSmall} />
                  ))}
                </Row>
              ))}
            </tbody>
          </table>
        </Current>
      </Scrolled>
    </section>
  );
}

/** Says whether what it holds is of this very list. A component of its own: a list of 30 has 870 cells, which are not drawn again for a word about them. */
const Current = ({ children }: { readonly children: ComponentChildren }): JSX.Element => (
  <div class={isCurrent.value ? '' : 'older'}>{children}</div>
);

/** The same for the item that is looked at. */
function Row({ item, children }: { readonly item: string; readonly children: ComponentChildren }): JSX.Element {
  const isSelected = useComputed(() => selected.value === item);
  return <tr class={isSelected.value ? 'selected' : ''}>{children}</tr>;
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
  const told = points(value);
  // A list of 30 has 870 cells: the colour is that of the cell itself, and nothing is laid over it.
  return (
    <td
      title={told}
      aria-label={showsNumber ? undefined : told}
      class={`shade ${value > 0 ? 'raises' : 'lowers'}`}
      style={{ '--depth': depth.toFixed(3) }}
    >
      {showsNumber && <span class="number">{told}</span>}
    </td>
  );
}
