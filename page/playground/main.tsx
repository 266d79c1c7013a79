/** The playground: a list model learns in this tab, on one thread beside the page. */
import '../shared/base.css';
import './playground.css';
import { type JSX, render } from 'preact';
import { Frame, serverPages } from '../shared/frame.tsx';
import { Failed } from '../shared/notice.tsx';
import { AgainstTruth } from './against-truth.tsx';
import { Controls, Facts } from './controls.tsx';
import { Curves } from './curves.tsx';
import { fault, learned, makeLists, saveWeights, shown } from './state.ts';
import { nearness, Trainings } from './trainings.tsx';

/** A folder of files knows of no other page. */
const isServed = serverPages().length > 0;
const here = isServed ? '/playground/' : './';
const pages = isServed ? serverPages() : [{ href: here, name: 'Playground' }];

const Playground = (): JSX.Element => (
  <Frame current={here} pages={pages}>
    <div class="intro">
      <h1>A model learns what stands beside what</h1>
      <p class="soft">
        Beside Small (100 yen) and Large (150 yen), a Medium at 140 yen changes who buys the Large. Train a model that
        sees the list and one that does not, and compare. Everything runs in this tab.
      </p>
    </div>
    {fault.value !== undefined && <Failed title="That did not work" sentence={fault.value} />}
    <div class="playground">
      <Controls />
      <div class="stack">
        <Facts />
        <Trainings />
        <Verdict />
        <div class="pictures">
          <Curves />
          <AgainstTruth />
        </div>
      </div>
    </div>
  </Frame>
);

/** What came of the last training, for those who do not see the pictures move. */
function Verdict(): JSX.Element {
  const recipe = shown.value;
  const known = recipe && learned.value.get(recipe);
  const judged = known?.judgement;
  const word = judged?.truthLogLoss === undefined ? 'below a model that knows the click rate alone' : 'above the truth';
  const text =
    known && judged && known.state !== 'running'
      ? `${recipe} ${known.state === 'finished' ? 'has ended' : 'was stopped'} after ${known.epochs.length} epochs: its log loss on the test lists is ${nearness(known)} ${word}.`
      : '';
  return (
    <div class="row verdict">
      <p role="status">{text}</p>
      {recipe && text !== '' && (
        <button type="button" onClick={() => saveWeights(recipe)}>
          Save its weights
        </button>
      )}
    </div>
  );
}

render(<Playground />, document.getElementById('app') as HTMLElement);
makeLists();
