/**
 * Who lifts and who eats whom on a long list: 30 items have 870 effects. They are drawn as one path a shade, not as an element each, so that a change of the
 * list is painted at once. A pointer, or the arrow keys, tell each of them; who listens has a sentence a row.
 */
import { signal, useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { points, shortened } from '../shared/format.ts';
import { nameOf, now } from './asking.ts';
import { selected } from './selected.ts';

const SHADES = 8;

interface Cell {
  /** The row: whose effect it is. */
  readonly j: number;
  /** The column: on whom. */
  readonly i: number;
}

/** The effect that is told. */
const looked = signal<Cell | undefined>(undefined);

export interface InfluenceMapProps {
  readonly answer: WhatIfAnswer;
  /** What the deepest shade stands for. */
  readonly deepest: number;
}

export function InfluenceMap({ answer, deepest }: InfluenceMapProps): JSX.Element {
  const { items, influence } = answer;
  const N = items.length;
  const look = (event: PointerEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const at = (part: number, whole: number): number => Math.max(0, Math.min(N - 1, Math.floor((N * part) / whole)));
    looked.value = { j: at(event.clientY - box.top, box.height), i: at(event.clientX - box.left, box.width) };
  };
  return (
    <>
      <div class="influence-map" style={{ '--items': N }}>
        <ol class="across" aria-hidden="true">
          {items.map(({ item }, i) => (
            <li key={item}>{i + 1}</li>
          ))}
        </ol>
        <ol aria-label="What each item does to the others">
          {items.map(({ item }, j) => (
            <RowName key={item} id={item} j={j} />
          ))}
        </ol>
        <svg
          viewBox={`0 0 ${N} ${N}`}
          role="img"
          aria-label="Effects of items on each other. The arrow keys tell each."
          // In lower case: attributes of a picture are told apart by it.
          tabindex={0}
          shape-rendering="crispEdges"
          onPointerMove={look}
          onPointerLeave={() => {
            looked.value = undefined;
          }}
          onKeyDown={(event) => step(event, N)}
        >
          {shadesOf(influence, deepest).map(({ side, opacity, path }) => (
            <path key={`${side} ${opacity}`} class={side} fill-opacity={opacity} d={path} />
          ))}
          <Marked />
        </svg>
      </div>
      <Told />
    </>
  );
}

const STEPS: Readonly<Record<string, Cell>> = {
  ArrowUp: { j: -1, i: 0 },
  ArrowDown: { j: 1, i: 0 },
  ArrowLeft: { j: 0, i: -1 },
  ArrowRight: { j: 0, i: 1 },
};

function step(event: KeyboardEvent, N: number): void {
  const by = STEPS[event.key];
  if (!by) return;
  event.preventDefault();
  const from = looked.peek() ?? { j: 0, i: 0 };
  const to = (at: number): number => Math.max(0, Math.min(N - 1, at));
  looked.value = { j: to(from.j + by.j), i: to(from.i + by.i) };
}

/** A path for each shade of each side, of one square a cell. */
function shadesOf(
  influence: WhatIfAnswer['influence'],
  deepest: number,
): readonly { readonly side: string; readonly opacity: number; readonly path: string }[] {
  const squares = { raises: new Array<string>(SHADES).fill(''), lowers: new Array<string>(SHADES).fill('') };
  influence.forEach((row, j) => {
    row.forEach((value, i) => {
      if (value === null) return;
      const shade = Math.round(Math.min(1, Math.abs(value) / deepest) * SHADES);
      if (shade > 0) squares[value > 0 ? 'raises' : 'lowers'][shade - 1] += `M${i} ${j}h1v1h-1z`;
    });
  });
  return Object.entries(squares).flatMap(([side, paths]) =>
    paths.map((path, shade) => ({ side, opacity: (shade + 1) / SHADES, path })),
  );
}

function RowName({ id, j }: { readonly id: string; readonly j: number }): JSX.Element {
  const isSelected = useComputed(() => selected.value === id).value;
  return (
    <li class={isSelected ? 'selected' : ''}>
      {j + 1} <bdi>{shortened(nameOf(id), 20)}</bdi>
      <span class="hidden"> {strongest(j)}</span>
    </li>
  );
}

/** The two that a row would be read for. */
function strongest(j: number): string {
  const { items = [], influence = [] } = now.value ?? {};
  const row = influence[j] ?? [];
  const told = (verb: string, is: (a: number, b: number) => boolean): string => {
    let best = -1;
    row.forEach((value, i) => {
      if (value !== null && Math.abs(value) >= 0.0005 && is(value, row[best] ?? 0)) best = i;
    });
    return best < 0
      ? ''
      : `${verb} ${shortened(nameOf(items[best]?.item ?? ''), 24)} most, ${points(row[best])} points`;
  };
  return (
    [told('lifts', (a, b) => a > b), told('eats', (a, b) => a < b)].filter((each) => each !== '').join('; ') ||
    'does nothing to any'
  );
}

const Marked = (): JSX.Element | null => {
  const cell = looked.value;
  return cell ? <rect class="at" x={cell.i} y={cell.j} width="1" height="1" /> : null;
};

function Told(): JSX.Element {
  const { items = [], influence = [] } = now.value ?? {};
  const cell = looked.value;
  const value = cell && influence[cell.j]?.[cell.i];
  const name = (at: number): string => shortened(nameOf(items[at]?.item ?? ''), 32);
  return (
    <p class="told small" role="status">
      {cell === undefined ? (
        <span class="soft">Point at a square, or move over them with the arrow keys, to read its number.</span>
      ) : typeof value === 'number' ? (
        <>
          <bdi>{name(cell.j)}</bdi> to <bdi>{name(cell.i)}</bdi>: <strong>{points(value)}</strong> points
        </>
      ) : (
        <bdi>{name(cell.j)}</bdi>
      )}
    </p>
  );
}
