/** What is looked at when a figure is odd: models, variants, drift, routes. */
import type { ComponentChildren, JSX } from 'preact';
import type { ModelsAnswer } from '../../src/serve/client/answer-types.ts';
import type { DashboardAnswer } from '../../src/serve/client/page-types.ts';
import { Explained } from '../shared/explained.tsx';
import { count, percent, plain, shortened } from '../shared/format.ts';
import { Scrolled } from '../shared/scrolled.tsx';

const Panel = ({
  id,
  title,
  by,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  readonly children: ComponentChildren;
}): JSX.Element => (
  <section class="card" aria-labelledby={id}>
    <header>
      <h2 id={id}>
        <Explained by={by}>{title}</Explained>
      </h2>
    </header>
    <Scrolled label={title}>{children}</Scrolled>
  </section>
);

const Interval = ({
  low,
  middle,
  high,
  most,
}: {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly most: number;
}): JSX.Element => {
  const at = (value: number): string => `${Math.max(0, Math.min(100, (100 * value) / most))}%`;
  return (
    <div class="interval" aria-hidden="true">
      <div class="range" style={{ left: at(low), width: at(high - low) }} />
      <div class="dot" style={{ left: at(middle) }} />
    </div>
  );
};

export const Models = ({ models }: { readonly models: ModelsAnswer | undefined }): JSX.Element => (
  <Panel
    id="models-title"
    title="Models"
    by="The models that the server has: which one answers where a request names none, and how well each predicted clicks on lists that it did not learn from. A lower log loss and a higher ROC AUC are better."
  >
    <table>
      <thead>
        <tr>
          <th scope="col">model</th>
          <th scope="col" class="words">
            state
          </th>
          <th scope="col" class="words">
            recipe
          </th>
          <th scope="col">
            <Explained by="Of the clicks on validation lists, the mean of minus the logarithm of what the model said of what came. Lower is better.">
              log loss
            </Explained>
          </th>
          <th scope="col">
            <Explained by="How often the model gives an item that was clicked more than one that was not, on validation lists. 0.5 is chance, 1 is always.">
              ROC AUC
            </Explained>
          </th>
        </tr>
      </thead>
      <tbody>
        {models?.models.map(({ name, state, recipe, validation }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="words">{state === 'active' ? <strong>answers</strong> : state}</td>
            <td class="words">{shortened(recipe, 30)}</td>
            <td>{plain(validation.logLoss, 4)}</td>
            <td>{plain(validation.rocAuc, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);

export function Variants({ variants }: Pick<DashboardAnswer, 'variants'>): JSX.Element {
  const most = Math.max(0.01, ...variants.map(({ high }) => high ?? 0));
  return (
    <Panel
      id="variants-title"
      title="Variants"
      by="Of each experiment: the share of lists with a click since the start, with a 95 % interval as if lists were independent of each other. Lists of one user are not: `slatewise experiment` judges by users, and says when a difference may be believed."
    >
      {variants.length === 0 ? (
        <p class="soft">No experiment is in force, or none of its lists was shown yet.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">variant</th>
              <th scope="col">lists</th>
              <th scope="col">
                <Explained by="Lists with at least one click, of those of the variant that were shown, with a 95 % interval.">
                  with a click
                </Explained>
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {variants.map(({ experiment, variant, lists, clickedLists, low, high }) => (
              <tr key={`${experiment} ${variant}`}>
                <th scope="row">
                  {shortened(variant, 24)} <span class="soft small">{shortened(experiment, 24)}</span>
                </th>
                <td>{count(lists)}</td>
                <td>
                  {lists === 0 ? '–' : percent(clickedLists / lists)}
                  <span class="soft small">
                    {' '}
                    [{percent(low)}, {percent(high)}]
                  </span>
                </td>
                <td>
                  {low !== null && high !== null && (
                    <Interval low={low} high={high} middle={clickedLists / Math.max(1, lists)} most={most} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

export function Drift({ drift }: Pick<DashboardAnswer, 'drift'>): JSX.Element {
  const rate = drift.shownItems === 0 ? undefined : drift.clicks / drift.shownItems;
  return (
    <Panel
      id="drift-title"
      title="Drift"
      by="Whether what is shown and clicked is as in the log that the model learned from, over the last day but for lists whose clicks may still come. The stability index of a field is 0 where nothing moved; above 0.25 its values have moved much."
    >
      <p>
        Click rate {percent(rate)};{' '}
        {drift.trainedRate === null
          ? 'the model does not tell that of its log'
          : `${percent(drift.trainedRate)} in training`}
        . {count(drift.lists)} lists of the last day count.
      </p>
      {drift.alarms.map((alarm) => (
        <p key={alarm} class="notice warn">
          {shortened(alarm, 400)}
        </p>
      ))}
      {drift.fields.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">
                <Explained by="How far the values of the field have moved since training (population stability index), with a 95 % interval: 0 where nothing moved; above 0.25 much.">
                  stability index
                </Explained>
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {drift.fields.map(({ field, index, low, high }) => (
              <tr key={field}>
                <th scope="row">{shortened(field, 30)}</th>
                <td>
                  {plain(index, 3)}{' '}
                  <span class="soft small">
                    [{plain(low, 3)}, {plain(high, 3)}]
                  </span>
                </td>
                <td>
                  <Interval low={Math.max(0, low)} middle={Math.max(0, index)} high={high} most={0.5} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

export const Routes = ({ latency }: Pick<DashboardAnswer, 'latency'>): JSX.Element => (
  <Panel
    id="routes-title"
    title="Latency by route"
    by="Milliseconds of the last 1,000 calls of each route, from the first byte of a request to the last of its answer: the middle, and what 95 and 99 in 100 stay within. Failed: errors of the server since its start."
  >
    <table>
      <thead>
        <tr>
          <th scope="col">route</th>
          <th scope="col">
            <Explained by="Since the start of the process.">calls</Explained>
          </th>
          <th scope="col">
            <Explained by="Answers with an error of the server, since its start.">failed</Explained>
          </th>
          <th scope="col">
            <Explained by="Half of the last 1,000 calls were answered within so many milliseconds.">50 %</Explained>
          </th>
          <th scope="col">
            <Explained by="19 of 20 of the last 1,000 calls were answered within so many milliseconds.">95 %</Explained>
          </th>
          <th scope="col">
            <Explained by="99 of 100 of the last 1,000 calls were answered within so many milliseconds.">
              99 %
            </Explained>
          </th>
        </tr>
      </thead>
      <tbody>
        {latency.map(({ route, calls, failed, p50, p95, p99 }) => (
          <tr key={route}>
            <th scope="row">{route}</th>
            <td>{count(calls)}</td>
            <td>{count(failed)}</td>
            <td>{plain(p50, 1)}</td>
            <td>{plain(p95, 1)}</td>
            <td>{plain(p99, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);
