/** Who lifts and who eats whom, as a table: a row for each item that does something, a column for each to which it is done. */
import { useComputed } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { points, shortened } from '../shared/format.ts';
import { Scrolled } from '../shared/scrolled.tsx';
import { nameOf, now } from './asking.ts';
import { InfluenceMap } from './influence-map.tsx';
import { selected } from './selected.ts';

/** A longer list has too many cells for numbers. */
const MOST_WITH_NUMBERS = 12;
/** What the deepest colour stands for at least: what rounds to nothing should not look like much. */
const LEAST = 0.01;

export function Influence(): JSX.Element | null {
  const answer = now.value;
  if (!answer || answer.items.length < 2) return null;
  const { items, influence } = answer;
  const deepest = Math.max(LEAST, ...influence.flatMap((row) => row.map((value) => Math.abs(value ?? 0))));
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
        {items.length > MOST_WITH_NUMBERS ? (
          <InfluenceMap answer={answer} deepest={deepest} />
        ) : (
          <table class="influence">
            <thead>
              <tr>
                <td />
                {items.map(({ item }) => (
                  <th scope="col" key={item} title={shortened(nameOf(item), 200)}>
                    <bdi>{shortened(nameOf(item), 12)}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map(({ item }, j) => (
                <Row key={item} item={item}>
                  <th scope="row">
                    <bdi>{shortened(nameOf(item), 20)}</bdi>
                  </th>
                  {influence[j]?.map((value, i) => (
                    <Cell key={items[i]?.item} value={value} deepest={deepest} />
                  ))}
                </Row>
              ))}
            </tbody>
          </table>
        )}
      </Scrolled>
    </section>
  );
}

/** Marked where it is that of the item that is looked at. */
function Row({ item, children }: { readonly item: string; readonly children: ComponentChildren }): JSX.Element {
  const isSelected = useComputed(() => selected.value === item);
  return <tr class={isSelected.value ? 'selected' : ''}>{children}</tr>;
}

function Cell({ value, deepest }: { readonly value: number | null; readonly deepest: number }): JSX.Element {
  if (value === null) return <td class="self">·</td>;
  const depth = Math.min(1, Math.abs(value) / deepest);
  return (
    <td class={value > 0 ? 'raises' : 'lowers'} style={{ '--depth': depth.toFixed(3) }}>
      <span class="number">{points(value)}</span>
    </td>
  );
}
