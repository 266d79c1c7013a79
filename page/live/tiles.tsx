/** The figures that are looked at first, each with what it means. */
import type { JSX } from 'preact';
import type { DashboardAnswer } from '../../src/serve/client/page-types.ts';
import { Explained } from '../shared/explained.tsx';
import { count, duration, percent, plain } from '../shared/format.ts';

const ASKING = ['/v1/rank', '/v1/generate', '/v1/score', '/rank/{model}'];
/** Whole minutes over which rates are taken. */
const MINUTES = 5;

export function Tiles({ figures }: { readonly figures: DashboardAnswer }): JSX.Element {
  const { minutes, latency, memory, drift } = figures;
  const lately = minutes.slice(-1 - MINUTES, -1);
  const perMinute = (read: (minute: DashboardAnswer['minutes'][number]) => number): string =>
    plain(lately.reduce((sum, minute) => sum + read(minute), 0) / MINUTES, 1);
  const hour = { items: 0, expected: 0, came: 0 };
  for (const minute of minutes) {
    hour.items += minute.answeredItems;
    hour.expected += minute.expectedClicks;
    hour.came += minute.answeredClicks;
  }
  const slowest = latency.filter(({ route }) => ASKING.includes(route)).sort((a, b) => b.calls - a.calls)[0];
  return (
    <dl class="tiles">
      <Tile
        name="Lists a minute"
        value={perMinute(({ lists }) => lists)}
        by={`Lists that were told as shown (POST /v1/events), a minute, over the last ${MINUTES} whole minutes.`}
      />
      <Tile
        name="Clicks a minute"
        value={perMinute(({ clicks }) => clicks)}
        by={`Clicks that were told, a minute, over the last ${MINUTES} whole minutes.`}
      />
      <Tile
        name="Click rate"
        value={hour.items === 0 ? '–' : percent(hour.came / hour.items)}
        note={hour.items === 0 ? 'no list was shown as answered' : `${percent(hour.expected / hour.items)} expected`}
        by="Of the last hour, on lists that were shown as they were answered: clicks for each shown item, and how many the model expected. Clicks on the latest lists may still come, so what came lies a little below."
      />
      <Tile
        name="Latency"
        value={slowest ? `${plain(slowest.p50, 1)} ms` : '–'}
        note={slowest ? `95 % within ${plain(slowest.p95, 1)} ms` : 'nobody has asked yet'}
        by="The middle of the last 1,000 answers of the route that is asked most, from the first byte of a request to the last of its answer."
      />
      <Tile
        name="Known"
        value={count(memory.items)}
        note={`items; ${count(memory.users)} users`}
        by="Items and users that the model that answers knows now, from its log and from events since."
      />
      <Tile
        name="Knowledge is"
        value={memory.ageSeconds === null ? '–' : duration(memory.ageSeconds)}
        note={`old; ${count(figures.lag)} events wait`}
        by="The time since the latest event that is known, by the event's own time; and events that are written and that answers do not know of yet."
      />
      <Tile
        name="Process"
        value={`${count(memory.bytes / 2 ** 20)} MB`}
        note={`up for ${duration((figures.now - figures.since) / 1000)}`}
        by="Memory that the process holds (resident set), and for how long it runs. The figures of this page begin at its start."
      />
      <Tile
        name="Alarms"
        value={count(drift.alarms.length)}
        note={drift.alarms.length === 0 ? 'nothing looks odd' : 'see drift'}
        by="What a person should look at: a click rate outside that of every day of training, clicks far from what was expected, fields whose values have moved. Below 500 lists a day nothing is told."
      />
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly by: string;
  readonly note?: string;
}

const Tile = ({ name, value, by, note }: TileProps): JSX.Element => (
  <div class="tile card">
    <dt>
      <Explained by={by}>{name}</Explained>
    </dt>
    <dd>
      <span class="number">{value}</span>
      {note !== undefined && <span class="soft small">{note}</span>}
    </dd>
  </div>
);
