/** The same list by two models, side by side, differences marked. A model without company beside one with it shows what company does. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Explained } from '../shared/explained.tsx';
import { percent, plain, points, shortened, signed } from '../shared/format.ts';
import { Empty } from '../shared/notice.tsx';
import { ProbabilityBar } from '../shared/probability-bar.tsx';
import { Scrolled } from '../shared/scrolled.tsx';
import { beside, besides, models, nameOf, now } from './asking.ts';
import { answering } from './request-form.tsx';

/** From so many points on a difference is marked. */
const MARKED = 0.02;

export function Compare(): JSX.Element {
  const answer = now.value;
  const others = answering().filter((name) => name !== answer?.model);
  const recipeOf = (name: string): string => models.value?.models.find((model) => model.name === name)?.recipe ?? '';
  useEffect(() => {
    if (others.includes(besides.peek())) return;
    besides.value = others.find((name) => recipeOf(name).startsWith('pointwise')) ?? others[0] ?? '';
  }, [others.join('\n')]);
  const other = beside.value;
  if (others.length === 0)
    return (
      <Empty title="One model only">
        <span>
          Two models can be compared where the server has loaded both: <code>npx slatewise page models</code> loads all
          models of a folder.
        </span>
      </Empty>
    );
  return (
    <section class="card compare" aria-labelledby="compare-title">
      <header>
        <h2 id="compare-title">Two models, one list</h2>
        <label class="row small">
          beside
          <select
            value={besides.value}
            onChange={(event) => {
              besides.value = event.currentTarget.value;
            }}
          >
            {others.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Scrolled label="Two models on one list">
        <table>
          <caption>Click probability of each item; from {100 * MARKED} points on a difference is marked.</caption>
          <thead>
            <tr>
              <th scope="col">item</th>
              <th scope="col" class="words">
                {answer?.model ?? ''}
              </th>
              <th scope="col" class="words">
                {other?.model ?? besides.value}
              </th>
              <th scope="col">difference</th>
            </tr>
          </thead>
          <tbody>
            {answer?.items.map(({ item, probability }) => {
              const q = other?.items.find((each) => each.item === item)?.probability;
              const difference = q === undefined ? undefined : probability - q;
              return (
                <tr key={item} class={difference !== undefined && Math.abs(difference) >= MARKED ? 'marked' : ''}>
                  <th scope="row">
                    <bdi>{shortened(nameOf(item), 28)}</bdi>
                  </th>
                  <td class="words">
                    <ProbabilityBar now={probability} />
                  </td>
                  <td class="words">
                    <ProbabilityBar now={q} />
                  </td>
                  <td
                    class={
                      difference === undefined || Math.abs(difference) < 0.0005
                        ? ''
                        : difference > 0
                          ? 'rises'
                          : 'falls'
                    }
                  >
                    {difference !== undefined && Math.abs(difference) >= MARKED ? (difference > 0 ? '▲ ' : '▼ ') : ''}
                    {points(difference)}
                  </td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <Explained by="The sum of the click probabilities above, by each model.">expected clicks</Explained>
              </th>
              <td>{plain(answer?.expectedClicks)}</td>
              <td>{plain(other?.expectedClicks)}</td>
              <td>{answer && other ? signed(answer.expectedClicks - other.expectedClicks, 3) : '–'}</td>
            </tr>
            <tr>
              <th scope="row">
                <Explained by="The probability that at least one item is clicked, by each model, calibrated as that model is.">
                  any click
                </Explained>
              </th>
              <td>{percent(answer?.anyClick)}</td>
              <td>{percent(other?.anyClick)}</td>
              <td>{answer && other ? points(answer.anyClick - other.anyClick) : '–'}</td>
            </tr>
          </tfoot>
        </table>
      </Scrolled>
    </section>
  );
}
