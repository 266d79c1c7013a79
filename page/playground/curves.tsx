/** Learning curves of all recipes: validation as a line, train dashed, the truth as what none can go below. */
import type { JSX } from 'preact';
import { playgroundRecipes } from '../../src/playground/recipes.ts';
import type { EpochRecord } from '../../src/train/epoch-record.ts';
import { Explained } from '../shared/explained.tsx';
import { plain } from '../shared/format.ts';
import { learned } from './state.ts';

const WIDTH = 440;
const HEIGHT = 260;
const EDGE = { left: 52, right: 14, top: 12, bottom: 34 };

interface Scale {
  readonly x: (epoch: number) => number;
  readonly y: (loss: number) => number;
}

export function Curves(): JSX.Element {
  const all = playgroundRecipes.flatMap((recipe, at) => {
    const known = learned.value.get(recipe);
    return known && known.epochs.length > 0 ? [{ ...known, line: at + 1 }] : [];
  });
  const truth = all.find(({ judgement }) => judgement)?.judgement?.truthOnValidation;
  const losses = all.flatMap(({ epochs }) =>
    epochs.flatMap(({ train, validation }) => [train.logLoss, validation.logLoss]),
  );
  const [least, most] = rangeOf(truth === undefined ? losses : [...losses, truth]);
  const longest = Math.max(6, ...all.map(({ epochs, progress }) => Math.max(epochs.length, progress?.epochs ?? 0)));
  const scale: Scale = {
    x: (epoch) => EDGE.left + ((epoch - 1) / (longest - 1)) * (WIDTH - EDGE.left - EDGE.right),
    y: (loss) => EDGE.top + ((most - loss) / (most - least)) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
  return (
    <section class="card" aria-labelledby="curves">
      <header>
        <h2 id="curves">Learning curves</h2>
        <span class="small soft legend">
          <svg viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4H24" class="plain-line" />
          </svg>
          validation
          <svg viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4H24" class="plain-line dashed" />
          </svg>
          train
          {truth !== undefined && (
            <>
              <svg viewBox="0 0 24 8" aria-hidden="true">
                <path d="M0 4H24" class="truth-line" />
              </svg>
              <Explained by="The log loss of the truth itself on the validation lists: no model can go below it but by luck.">
                the truth
              </Explained>
            </>
          )}
        </span>
      </header>
      {all.length === 0 ? (
        <p class="soft none">Train a recipe: a point is drawn after every epoch.</p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            class="chart"
            role="img"
            aria-label="Log loss by epoch; its numbers follow as a table"
          >
            <Axes scale={scale} range={[least, most]} longest={longest} />
            {truth !== undefined && truth >= least && (
              <path class="truth-line" d={`M${EDGE.left} ${scale.y(truth)}H${WIDTH - EDGE.right}`} />
            )}
            {all.map(({ recipe, epochs, line }) => (
              <g key={recipe} class={`curve line-${line}`}>
                <path d={pathOf(epochs, 'train', scale)} class="dashed" />
                <path d={pathOf(epochs, 'validation', scale)} />
                {epochs.map(({ epoch, validation }) => (
                  <circle key={epoch} cx={scale.x(epoch)} cy={scale.y(validation.logLoss)} r="3" />
                ))}
              </g>
            ))}
          </svg>
          <details>
            <summary class="small">As numbers</summary>
            <div class="scroll">
              <table class="small">
                <thead>
                  <tr>
                    {['Recipe', 'Epoch', 'Train', 'Validation'].map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {all.flatMap(({ recipe, epochs }) =>
                    epochs.map(({ epoch, train, validation }) => (
                      <tr key={`${recipe} ${epoch}`}>
                        <th scope="row">{recipe}</th>
                        <td>{epoch}</td>
                        <td>{plain(train.logLoss, 4)}</td>
                        <td>{plain(validation.logLoss, 4)}</td>
                      </tr>
                    )),
                  )}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}

/** A little room around what is drawn; of the first epochs' losses not all, they would press the rest together. */
function rangeOf(losses: readonly number[]): readonly [number, number] {
  if (losses.length === 0) return [0, 1];
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const room = Math.max((most - least) * 0.08, 1e-4);
  return [least - room, most + room];
}

const pathOf = (epochs: readonly EpochRecord[], part: 'train' | 'validation', { x, y }: Scale): string =>
  epochs
    .map((record, at) => `${at === 0 ? 'M' : 'L'}${x(record.epoch).toFixed(1)} ${y(record[part].logLoss).toFixed(1)}`)
    .join('');

interface AxesProps {
  readonly scale: Scale;
  readonly range: readonly [number, number];
  readonly longest: number;
}

function Axes({ scale, range: [least, most], longest }: AxesProps): JSX.Element {
  const step = stepOf((most - least) / 4);
  const first = Math.ceil(least / step);
  const ticks = Array.from({ length: Math.floor(most / step) - first + 1 }, (_, n) => (first + n) * step);
  const every = Math.ceil(longest / 8);
  return (
    <g class="axes">
      {ticks.map((loss) => (
        <g key={loss}>
          <path d={`M${EDGE.left} ${scale.y(loss)}H${WIDTH - EDGE.right}`} />
          <text x={EDGE.left - 6} y={scale.y(loss) + 4} text-anchor="end">
            {loss.toFixed(step < 0.01 ? 3 : 2)}
          </text>
        </g>
      ))}
      {Array.from({ length: longest }, (_, n) => n + 1)
        .filter((epoch) => (epoch - 1) % every === 0)
        .map((epoch) => (
          <text key={epoch} x={scale.x(epoch)} y={HEIGHT - EDGE.bottom + 16} text-anchor="middle">
            {epoch}
          </text>
        ))}
      <text x={(EDGE.left + WIDTH - EDGE.right) / 2} y={HEIGHT - 2} text-anchor="middle">
        epoch
      </text>
    </g>
  );
}

/** 1, 2 or 5 times a power of ten, the least that is not below. */
function stepOf(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}
