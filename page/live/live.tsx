/** The page at /: how the server and its lists are, as it goes. */
import type { JSX } from 'preact';
import { Explained } from '../shared/explained.tsx';
import { percent, plain } from '../shared/format.ts';
import { Frame } from '../shared/frame.tsx';
import { KeyDialog } from '../shared/key-dialog.tsx';
import { Failed, Waiting } from '../shared/notice.tsx';
import { Drift, Models, Routes, Variants } from './panels.tsx';
import { Plot } from './plot.tsx';
import { Recent } from './recent.tsx';
import { Tiles } from './tiles.tsx';
import { fault, figures, lookAgain, models, recent } from './watching.ts';

export function Live(): JSX.Element {
  const told = figures.value;
  return (
    <Frame current="/" status={told && <Status isReady={told.ready} journal={told.journal} />}>
      <KeyDialog />
      <h1 class="page-title">What is shown, and what is clicked</h1>
      {fault.value !== undefined && (
        <Failed title="The server does not answer this page" sentence={fault.value} again={lookAgain} />
      )}
      {!told && fault.value === undefined && <Waiting what="Asking the server" />}
      {told && (
        <>
          <Tiles figures={told} />
          <div class="panels">
            <Charts />
            <Recent lists={recent.value} />
            <Models models={models.value} />
            <Variants variants={told.variants} />
            <Drift drift={told.drift} />
            <Routes latency={told.latency} />
          </div>
        </>
      )}
    </Frame>
  );
}

const Status = ({ isReady, journal }: { readonly isReady: boolean; readonly journal: string }): JSX.Element => (
  <span class="small" title={journal}>
    {isReady ? (journal === 'open' ? '● answers, and takes events' : '▲ answers, and takes no events') : '■ not ready'}
  </span>
);

/** The last whole minutes: the one that runs is not over. */
function Charts(): JSX.Element {
  const minutes = (figures.value?.minutes ?? []).slice(0, -1);
  const times = minutes.map(({ from }) => from);
  const since = figures.value?.since ?? 0;
  /** Of a minute before the start nobody knows anything. */
  const counted = (read: (minute: (typeof minutes)[number]) => number): readonly (number | null)[] =>
    minutes.map((minute) => (minute.from + 60_000 <= since ? null : read(minute)));
  const rate = (clicks: number, items: number): number | null => (items === 0 ? null : clicks / items);
  return (
    <>
      <section class="card" aria-labelledby="traffic-title">
        <header>
          <h2 id="traffic-title">
            <Explained by="Lists that were told as shown, and clicks that were told, in each whole minute of the last hour.">
              Lists and clicks a minute
            </Explained>
          </h2>
        </header>
        <Plot
          title="Lists and clicks a minute"
          times={times}
          least={1}
          format={(value) => plain(value, value < 10 ? 1 : 0)}
          lines={[
            { label: 'lists', color: 'line-1', values: counted(({ lists }) => lists) },
            { label: 'clicks', color: 'line-2', isDashed: true, values: counted(({ clicks }) => clicks) },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="rate-title">
        <header>
          <h2 id="rate-title">
            <Explained by="Clicks for each shown item, on lists that were shown as they were answered: those that came so far, and those that the model expected. Both lie together where the model is calibrated.">
              Click rate against prediction
            </Explained>
          </h2>
        </header>
        <Plot
          title="Click rate against prediction"
          times={times}
          least={0.1}
          format={(value) => percent(value, 0)}
          lines={[
            {
              label: 'clicked',
              color: 'line-1',
              values: minutes.map((minute) => rate(minute.answeredClicks, minute.answeredItems)),
            },
            {
              label: 'expected',
              color: 'line-2',
              isDashed: true,
              values: minutes.map((minute) => rate(minute.expectedClicks, minute.answeredItems)),
            },
          ]}
        />
      </section>
    </>
  );
}
