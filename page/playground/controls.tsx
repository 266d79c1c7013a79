/** The truth that is to be found: a scene and its sliders, or a log of one's own. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { type RangedSetting, type Scene, truthRanges } from '../../src/playground/truth-settings.ts';
import { count, percent } from '../shared/format.ts';
import { changeTruth, facts, makeLists, readLog, truth } from './state.ts';

const SCENES: readonly { readonly scene: Scene; readonly name: string; readonly lists: number }[] = [
  { scene: 'drinks', name: 'Three drinks', lists: 10_000 },
  { scene: 'market', name: 'A small marketplace', lists: 5_000 },
];

interface Slider {
  readonly setting: RangedSetting;
  readonly name: string;
  readonly hint: string;
  readonly say: (value: number) => string;
  readonly of?: Scene;
}

const SLIDERS: readonly Slider[] = [
  {
    setting: 'company',
    name: 'Strength of company',
    hint: '0: each item is clicked as if it were alone. 1: as in the article, where the Medium is a decoy for the Large.',
    say: (value) => `${value.toFixed(1)} ×`,
  },
  {
    setting: 'position',
    name: 'Position bias',
    hint: 'What a place further down costs, on the logit, times the logarithm of the place.',
    say: (value) => value.toFixed(2),
  },
  {
    setting: 'odds',
    name: 'Odds of a click',
    hint: 'What the odds of every click are multiplied by.',
    say: (value) => `${value.toFixed(2)} ×`,
  },
  {
    setting: 'size',
    name: 'Items of a list',
    hint: 'Of three drinks a menu shows one, two or three.',
    say: String,
    of: 'market',
  },
  {
    setting: 'lists',
    name: 'Lists shown',
    hint: 'Few lists are learned by heart: watch the gap between the two curves.',
    say: count,
  },
];

export function Controls(): JSX.Element {
  const { scene, lists: _, ...settings } = truth.value;
  return (
    <section class="card stack" aria-labelledby="truth">
      <h2 id="truth">The truth</h2>
      <fieldset class="scenes">
        <legend class="hidden">What is shown</legend>
        {SCENES.map((each) => (
          <label class="choice" key={each.scene}>
            <input
              type="radio"
              name="scene"
              checked={scene === each.scene}
              onChange={() => changeTruth({ scene: each.scene, lists: each.lists })}
            />
            {each.name}
          </label>
        ))}
      </fieldset>
      {SLIDERS.filter(({ of = scene }) => of === scene).map((slider) => (
        <TruthSlider key={slider.setting} {...slider} value={{ ...settings, lists: _ }[slider.setting]} />
      ))}
      <OwnLog />
    </section>
  );
}

function TruthSlider({ setting, name, hint, say, value }: Slider & { readonly value: number }): JSX.Element {
  const { from, to, step } = truthRanges[setting];
  return (
    <div class="slider">
      <label for={`slider-${setting}`}>{name}</label>
      <output for={`slider-${setting}`}>{say(value)}</output>
      <input
        id={`slider-${setting}`}
        type="range"
        min={from}
        max={to}
        step={step}
        value={value}
        aria-valuetext={say(value)}
        aria-describedby={`hint-${setting}`}
        onInput={({ currentTarget }) => changeTruth({ [setting]: currentTarget.valueAsNumber })}
      />
      <p class="small soft" id={`hint-${setting}`}>
        {hint}
      </p>
    </div>
  );
}

function OwnLog(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const known = facts.value;
  const isOwn = known?.hasTruth === false;
  return (
    <div class="own stack">
      <h3>Or a log of your own</h3>
      <p class="small soft">
        JSON lines, plain or .gz, as <code>slatewise import</code> reads them. It is read and learned from in this tab;
        nothing leaves it.
      </p>
      <label class="field">
        Event log
        <input
          ref={input}
          type="file"
          accept=".jsonl,.json,.ndjson,.gz"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void readLog(file);
          }}
        />
      </label>
      {isOwn && (
        <button
          type="button"
          onClick={() => {
            if (input.current) input.current.value = '';
            makeLists();
          }}
        >
          Back to made-up lists
        </button>
      )}
    </div>
  );
}

/** What there is to learn from, in a sentence or two. */
export function Facts(): JSX.Element {
  const known = facts.value;
  if (!known)
    return (
      <p class="waiting" role="status">
        Lists are made and encoded
      </p>
    );
  const { lists, items, users, clickRate, parts, rejected, firstRejected } = known;
  return (
    <div class="small soft" role="status">
      <p>
        {count(lists)} lists of {count(items)} items, shown to {count(users)} users; {percent(clickRate)} of what was
        shown was clicked. {count(parts.train)} lists teach, {count(parts.validation)} choose the epoch,{' '}
        {count(parts.test)} judge.
      </p>
      {rejected > 0 && (
        <p class="rejected">
          {count(rejected)} lines could not be used; the first: {firstRejected}
        </p>
      )}
    </div>
  );
}
