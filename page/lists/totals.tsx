/** What the list as a whole brings. */
import type { JSX } from 'preact';
import { Explained } from '../shared/explained.tsx';
import { percent, plain, points, signed } from '../shared/format.ts';
import { before, now } from './asking.ts';

export function Totals(): JSX.Element {
  const answer = now.value;
  const earlier = before.value;
  const independent = answer && 1 - answer.items.reduce((none, { probability }) => none * (1 - probability), 1);
  const alone = answer?.items.reduce((sum, item) => sum + item.alone, 0);
  return (
    <div class="totals" data-testid="totals">
      <dl>
        <Figure
          name="Expected clicks"
          by="The sum of the click probabilities of the items, each in the company of the others. The probabilities are calibrated on lists that the model did not learn from, where that gained anything."
          value={plain(answer?.expectedClicks)}
          change={answer && earlier ? signed(answer.expectedClicks - earlier.expectedClicks, 3) : undefined}
        />
        <Figure
          name="Any click"
          by="The probability that at least one item is clicked, calibrated: clicks on one list come together or not, as validation lists had them. In grey: what it would be if clicks were independent of each other."
          value={percent(answer?.anyClick)}
          change={answer && earlier ? points(answer.anyClick - earlier.anyClick) : undefined}
          note={independent === undefined ? undefined : `${percent(independent)} if independent`}
        />
        <Figure
          name="Company"
          by="Expected clicks of the list less the sum of what each item would get at its place with nothing beside it: what standing together brings, or costs."
          value={answer && alone !== undefined ? signed(answer.expectedClicks - alone, 3) : '–'}
          note="against each alone"
        />
      </dl>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly by: string;
  readonly value: string;
  readonly change?: string | undefined;
  readonly note?: string | undefined;
}

const Figure = ({ name, by, value, change, note }: FigureProps): JSX.Element => (
  <div class="figure">
    <dt>
      <Explained by={by}>{name}</Explained>
    </dt>
    <dd>
      <span class="number">{value}</span>
      <span class="small more">
        {change !== undefined && (
          <span class={change.startsWith('+') ? 'rises' : change === '0' ? 'soft' : 'falls'}>
            {change === '0' ? 'no change' : change}
            <span class="hidden"> against before</span>
          </span>
        )}{' '}
        {note !== undefined && <span class="soft note">{note}</span>}
      </span>
    </dd>
  </div>
);
