/** Made-up slates as losses see them. Legend: B batch, K slate, D width. */
import type { ListCounts } from '../losses/counts.ts';
import { createRng, type Rng } from '../random/rng.ts';
import type { RuntimeValue, RuntimeValues } from '../runtime/value.ts';

/** D of all vectors. */
export const WIDTH = 4;

/** One shown item: what a model says of it, and whether it was clicked. */
export interface JudgedItem {
  readonly label: 0 | 1;
  readonly logit: number;
  readonly click: number;
  readonly noClick: number;
  readonly vector: readonly number[];
}

export interface JudgedSlate {
  readonly items: readonly JudgedItem[];
  readonly slateLogit: number;
  readonly lastClick: readonly number[] | undefined;
  readonly user: readonly number[];
}

/** A slate with these labels; everything else is drawn. */
export function drawSlate(rng: Rng, labels: readonly (0 | 1)[]): JudgedSlate {
  const vector = (): number[] => Array.from({ length: WIDTH }, () => rng.normal());
  const items = labels.map((label): JudgedItem => {
    const [click, noClick] = [rng.normal(), rng.normal()];
    return { label, click, noClick, logit: click - noClick, vector: vector() };
  });
  return { items, slateLogit: rng.normal(), lastClick: rng.next() < 0.5 ? vector() : undefined, user: vector() };
}

/** With one click, with several, a list of one, each of another length. */
export const clickedSlates = (): readonly JudgedSlate[] => {
  const rng = createRng('slates of a loss');
  const labels = [[1, 0, 0, 1], [0, 1, 0], [1, 0], [1], [0, 0, 1, 0]] as const;
  return labels.map((each) => drawSlate(rng, each));
};

export const unclickedSlates = (): readonly JudgedSlate[] => {
  const rng = createRng('slates without a click');
  return [drawSlate(rng, [0, 0, 0]), drawSlate(rng, [0])];
};

export const emptySlate = (): JudgedSlate => ({ ...drawSlate(createRng('empty'), []), lastClick: undefined });

export const countsOfSlate = ({ items }: JudgedSlate): ListCounts => ({
  items: items.length,
  clicks: items.filter(({ label }) => label === 1).length,
});

/** The inputs of a loss: each slate filled up to K items with padding, on which the model's numbers are `padding`. */
export function lossFeeds(slates: readonly JudgedSlate[], K: number, padding = 0): RuntimeValues {
  const B = slates.length;
  const ofSlots = (width: number, of: (item: JudgedItem) => readonly number[], filler: number): RuntimeValue => ({
    data: Float32Array.from(
      slates.flatMap(({ items }) =>
        Array.from({ length: K }, (_, k) => (items[k] ? of(items[k]) : new Array<number>(width).fill(filler))).flat(),
      ),
    ),
    dims: width === 1 ? [B, K] : [B, K, width],
  });
  const perSlate = (of: (slate: JudgedSlate) => readonly number[]): RuntimeValue => {
    const rows = slates.map(of);
    return { data: Float32Array.from(rows.flat()), dims: [B, rows[0].length] };
  };
  const flat = ({ data }: RuntimeValue): RuntimeValue => ({ data, dims: [B] });
  return {
    logitsBK: ofSlots(1, ({ logit }) => [logit], padding),
    utilitiesBK: ofSlots(1, ({ logit }) => [logit], padding),
    clickBK: ofSlots(1, ({ click }) => [click], padding),
    noClickBK: ofSlots(1, ({ noClick }) => [noClick], -padding),
    labelsBK: ofSlots(1, ({ label }) => [label], 0),
    maskBK: ofSlots(1, () => [1], 0),
    vectorsBKD: ofSlots(WIDTH, ({ vector }) => vector, padding),
    lastClickBD: perSlate(({ lastClick }) => lastClick ?? new Array<number>(WIDTH).fill(0)),
    lastClickMaskB: flat(perSlate(({ lastClick }) => [lastClick ? 1 : 0])),
    userBD: perSlate(({ user }) => user),
    slateLogitB: flat(perSlate(({ slateLogit }) => [slateLogit])),
  };
}
