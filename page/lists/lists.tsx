/** The page of lists: a list to be changed, and what every change does. */
import { useComputed } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { shortened } from '../shared/format.ts';
import { Frame, type PageLink, serverPages } from '../shared/frame.tsx';
import { KeyDialog } from '../shared/key-dialog.tsx';
import { Failed, Waiting } from '../shared/notice.tsx';
import { askAgain, fault, isCurrent, isLate, nameOf, now, since, start, took } from './asking.ts';
import { Best } from './best.tsx';
import { BestSwap } from './best-swap.tsx';
import { Candidates } from './candidates.tsx';
import { Compare } from './compare.tsx';
import { Doubts } from './doubts.tsx';
import { drag, said } from './dragging.ts';
import { Exports } from './exports.tsx';
import { canRedo, canUndo, redo, undo } from './history.ts';
import { Influence } from './influence.tsx';
import { Legend } from './legend.tsx';
import { RequestForm } from './request-form.tsx';
import { Slate } from './slate.tsx';
import { Totals } from './totals.tsx';
import { TwoLists } from './two-lists.tsx';
import { isComparing } from './view.ts';

function onKeys(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
  const name = event.key.toLowerCase();
  if (name === 'z' && !event.shiftKey) undo();
  else if (name === 'y' || name === 'z') redo();
  else return;
  event.preventDefault();
}

/** The ways to the parts of this page keep the list that is on it. */
const pages = (): readonly PageLink[] =>
  serverPages().map(({ href, name }) => ({
    href: href === '/lists' ? '#lists' : href === '/lists#compare' ? '#compare' : href,
    name,
  }));

export function Lists(): JSX.Element {
  const compares = isComparing.value;
  const isAnswered = useComputed(() => now.value !== undefined).value;
  useEffect(() => {
    document.title = `Slatewise: ${compares ? 'Compare' : 'Lists'}`;
    if (compares && isAnswered) document.getElementById('compare')?.scrollIntoView();
  }, [compares, isAnswered]);
  useEffect(() => {
    addEventListener('keydown', onKeys);
    return () => removeEventListener('keydown', onKeys);
  }, []);
  return (
    <Frame current={compares ? '#compare' : '#lists'} pages={pages()}>
      <KeyDialog />
      <div class="opening">
        <h1 class="page-title" id="lists">
          What if this list were otherwise?
        </h1>
        <RequestForm />
      </div>
      {fault.value !== undefined && <Failed title="No answer" sentence={fault.value} again={askAgain} />}
      {!isAnswered && !start.value && fault.value === undefined && <Waiting what="Asking the server" />}
      <Columns>
        <section class="card" aria-labelledby="slate-title">
          <header>
            <h2 id="slate-title">The list</h2>
            <Took />
            <Steps />
          </header>
          <Totals />
          <Doubts />
          <Legend />
          <Slate />
          <BestSwap />
        </section>
        <div class="stack side">
          <Candidates />
          <Best />
          <Exports />
        </div>
        <Influence />
      </Columns>
      <div id="compare" class="stack comparison">
        <Compare />
        <TwoLists />
      </div>
      <p class="hidden" aria-live="assertive">
        {said.value}
      </p>
      <Ghost />
    </Frame>
  );
}

/** Says whether the numbers in it are of this very list. */
const Columns = ({ children }: { readonly children: ComponentChildren }): JSX.Element => (
  <div class={`columns ${isCurrent.value ? '' : 'older'} ${isLate.value ? 'late' : ''}`}>{children}</div>
);

const Took = (): JSX.Element => (
  <span class="soft small took">{took.value !== undefined && `answered in ${Math.round(took.value)} ms`}</span>
);

const Steps = (): JSX.Element => (
  <div class="row steps">
    <label class="row small soft">
      before:
      <select
        aria-label="What before means"
        value={since.value}
        onChange={(event) => {
          since.value = event.currentTarget.value as 'change' | 'opening';
        }}
      >
        <option value="change">the last change</option>
        <option value="opening">as opened</option>
      </select>
    </label>
    <button type="button" disabled={!canUndo.value} onClick={undo} title="Ctrl+Z">
      Undo
    </button>
    <button type="button" disabled={!canRedo.value} onClick={redo} title="Ctrl+Shift+Z">
      Redo
    </button>
  </div>
);

/** What is dragged, under the pointer. */
function Ghost(): JSX.Element | null {
  const dragged = drag.value;
  if (!dragged) return null;
  return (
    <div class="ghost" aria-hidden="true" style={{ transform: `translate(${dragged.x + 12}px, ${dragged.y - 18}px)` }}>
      <bdi>{shortened(nameOf(dragged.id), 32)}</bdi>
    </div>
  );
}
