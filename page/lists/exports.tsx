/** Takes the list elsewhere: as a link, a picture, a table, a request, a command. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { faultOf } from '../shared/server.ts';
import { before, models, nameOf, now, start } from './asking.ts';
import { save, toCommand, toCsv, toPng, toRequests } from './exporting.ts';
import { present } from './history.ts';
import { toHash } from './share.ts';

export function Exports(): JSX.Element {
  const [told, setTold] = useState('');
  const answer = now.value;
  const state = present.value;
  const model = state.model === '' ? (models.value?.active ?? '') : state.model;
  const command = toCommand(model, {
    folder: start.value?.models,
    isOnly: (models.value?.models.length ?? 0) === 1,
  });
  const copy = (text: string, what: string): void => {
    navigator.clipboard.writeText(text).then(
      () => setTold(`${what} copied.`),
      () => setTold(`This browser does not let pages copy: ${text}`),
    );
  };
  const picture = (): void => {
    if (!answer) return;
    const rows = answer.items.map(({ item, probability, alone }) => ({
      ...{ name: nameOf(item), probability, alone },
      before: before.peek()?.items.find((each) => each.item === item)?.probability,
    }));
    toPng(rows, `${answer.expectedClicks.toFixed(3)} expected clicks (${answer.model})`).then(
      (blob) => save('list.png', blob),
      (error: unknown) => setTold(faultOf(error) ?? ''),
    );
  };
  return (
    <section class="card no-print" aria-labelledby="exports-title">
      <header>
        <h2 id="exports-title">Share</h2>
      </header>
      <div class="row">
        <button type="button" onClick={() => copy(`${location.origin}/lists${toHash(state)}`, 'Link')}>
          Copy link
        </button>
        <button type="button" disabled={!answer} onClick={picture}>
          PNG
        </button>
        <button
          type="button"
          disabled={!answer}
          onClick={() => answer && save('list.csv', `${toCsv(answer, before.peek())}\n`)}
        >
          CSV
        </button>
        <button type="button" onClick={() => save('what-if.jsonl', toRequests(state, Date.now()))}>
          Request
        </button>
        <button type="button" onClick={() => copy(command, 'Command')}>
          Copy command
        </button>
      </div>
      <pre class="command">
        <code>{command}</code>
      </pre>
      <p class="small soft" role="status">
        {told === ''
          ? 'The command answers the request file with the numbers of this page. The link holds the list itself: nothing is stored on the server.'
          : told}
      </p>
    </section>
  );
}
