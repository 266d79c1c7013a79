/** Reports that commands wrote: comparison, diagnosis, worth, effects, experiment. */
import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ReportsAnswer } from '../../src/serve/client/page-types.ts';
import { shortened } from '../shared/format.ts';
import { Frame } from '../shared/frame.tsx';
import { KeyDialog } from '../shared/key-dialog.tsx';
import { Empty, Failed, Waiting } from '../shared/notice.tsx';
import { faultOf, server } from '../shared/server.ts';
import { showReport } from './show-report.ts';

const reports = signal<ReportsAnswer['reports'] | undefined>(undefined);
const fault = signal<string | undefined>(undefined);
const shown = signal(nameInHash());
const text = signal<string | undefined>(undefined);
const tries = signal(0);

addEventListener('hashchange', () => {
  shown.value = nameInHash();
});

/** Of the report in the address; anybody may have written it, so it need not be one. */
function nameInHash(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

effect(() => {
  void tries.value;
  server.value.reports().then(
    (found) => {
      reports.value = found.reports;
    },
    (error: unknown) => {
      fault.value = faultOf(error);
    },
  );
});

effect(() => {
  const name = shown.value;
  const client = server.value;
  void tries.value;
  text.value = undefined;
  fault.value = undefined;
  if (name === '') return;
  client.report(name).then(
    (found) => {
      if (shown.peek() === name) text.value = found;
    },
    (error: unknown) => {
      if (shown.peek() === name) fault.value = faultOf(error);
    },
  );
});

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function Reports(): JSX.Element {
  const all = reports.value;
  return (
    <Frame current="/reports">
      <KeyDialog />
      <h1 class="page-title">Reports</h1>
      {fault.value !== undefined && (
        <Failed
          title="No answer"
          sentence={fault.value}
          again={() => {
            tries.value++;
          }}
        />
      )}
      {!all && fault.value === undefined && <Waiting what="Asking the server" />}
      {all && all.length === 0 && (
        <Empty title="No report yet">
          <span>
            Reports of <code>slatewise report</code>, <code>compare</code>, <code>diagnose</code>, <code>worth</code>,{' '}
            <code>effects</code> and <code>experiment</code> stand here, where the server is started with the folder
            that they lie in: <code>--reports runs</code>.
          </span>
        </Empty>
      )}
      {all && all.length > 0 && <List all={all} />}
      {all && shown.value !== '' && text.value === undefined && fault.value === undefined && (
        <Waiting what="Reading the report" />
      )}
      {text.value !== undefined && <Shown text={text.value} />}
    </Frame>
  );
}

const List = ({ all }: { readonly all: ReportsAnswer['reports'] }): JSX.Element => (
  <section class="card report-list" aria-label="Reports that there are">
    <table>
      <thead>
        <tr>
          <th scope="col">report</th>
          <th scope="col" class="words">
            file
          </th>
          <th scope="col">written</th>
        </tr>
      </thead>
      <tbody>
        {all.map(({ name, title, at }) => (
          <tr key={name}>
            <th scope="row">
              <a
                href={`#${encodeURIComponent(name)}`}
                {...(name === shown.value ? { 'aria-current': 'true' as const } : {})}
              >
                {shortened(title, 140)}
              </a>
            </th>
            <td class="words soft small">{shortened(name, 60)}</td>
            <td class="small">{WHEN.format(at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

function Shown({ text: given }: { readonly text: string }): JSX.Element {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place.current) showReport(place.current, given);
  }, [given]);
  return <article class="report" aria-label="The report" ref={place} />;
}
