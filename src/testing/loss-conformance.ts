/** What every loss promises. Legend: B batch, K slate. */

import { lossForm, lossInputs } from '../losses/define-loss.ts';
import type { Loss } from '../losses/loss.ts';
import type { RuntimeValues } from '../runtime/value.ts';
import { checkMade } from '../slate/check-definition.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Check } from './check.ts';
import { checkGiven } from './check.ts';
import {
  clickedSlates,
  countsOfSlate,
  emptySlate,
  type JudgedSlate,
  lossFeeds,
  unclickedSlates,
  WIDTH,
} from './loss-data.ts';
import { compareSlopes, runGraph, slopesOf, type Values } from './run-graph.ts';

/** Longest of the made-up slates. */
const K = 4;

/**
 * Checks for a loss of one's own, whatever runs tests: `for (const { name, run } of lossConformance(mine)) test(name, run)`. Options are the loss's defaults with `options` on
 * top. A loss that stops gradients on purpose (`stopGradient`) does not have the gradient of finite differences: leave that check out.
 */
export function lossConformance<Options extends object>(
  loss: Loss<string, Options>,
  options: Partial<Options> = {},
): readonly Check[] {
  checkMade(loss, lossForm, 'lossConformance');
  checkGiven(options, 'lossConformance', Object.keys(loss.schema));
  const inputs = lossInputs(WIDTH);
  const all = { ...loss.defaults, ...options };
  const build = (): Tensor => loss.build(inputs, all);
  const countOf = (slates: readonly JudgedSlate[]): number =>
    slates.reduce((sum, slate) => sum + loss.counts(countsOfSlate(slate), all), 0);
  const countsUnclicked = countOf(unclickedSlates()) > 0;
  const { labelsBK: _, maskBK: __, lastClickMaskB: ___, ...learned } = inputs;
  const failed = (expected: string, found: unknown): Error =>
    new Error(`loss "${loss.name}": expected ${expected}, found ${found}`);
  const lossOf = async (slates: readonly JudgedSlate[], { length = K, padding = 0 } = {}): Promise<number> =>
    (await runGraph({ loss: build() }, { feeds: lossFeeds(slates, length, padding), float: 'float64' })).loss[0];
  const same = async (what: string, found: Promise<number>): Promise<void> => {
    const [expected, value] = await Promise.all([lossOf(clickedSlates()), found]);
    if (!near(value, expected)) throw failed(`${expected} ${what}`, value);
  };
  /** In float32, as in a training, with the gradients by all that is learned. */
  const finite = async (feeds: RuntimeValues, where: string): Promise<Values> => {
    const scalar = build();
    const values = await runGraph({ loss: scalar, ...slopesOf(scalar, learned) }, { feeds });
    for (const [name, numbers] of Object.entries(values)) {
      const wrong = numbers.find((value) => !Number.isFinite(value));
      if (wrong !== undefined)
        throw failed(`a finite ${name === 'loss' ? 'value' : `gradient by ${shortOf(name)}`} ${where}`, wrong);
    }
    return values;
  };
  const check = (name: string, run: () => Promise<void>): Check => ({ name: `${loss.name}: ${name}`, run });
  return [
    check('is a scalar', async () => {
      const { shape, type } = build();
      if (shape.length > 0 || type !== 'float32') throw failed('a scalar of float32', `${type} ${formatShape(shape)}`);
    }),
    check('teaches: it has a gradient by something that the model says', async () => {
      const slopes = await runGraph(slopesOf(build(), learned), { feeds: lossFeeds(clickedSlates(), K) });
      if (Object.values(slopes).every(isZero)) throw failed('a gradient', 'none by any of its inputs');
    }),
    check('does not see padding, whatever stands there', async () => {
      await same('with more padding', lossOf(clickedSlates(), { length: 7, padding: 3 }));
      await same('with a list of padding alone', lossOf([...clickedSlates(), emptySlate()]));
    }),
    check('counts what its mean is over: pieces of a batch add up to the batch', async () => {
      const slates = [...clickedSlates(), ...unclickedSlates(), emptySlate()];
      for (const slate of slates) {
        const count = loss.counts(countsOfSlate(slate), all);
        if (!Number.isFinite(count) || count < 0) throw failed('counts to give a finite number, 0 or more', count);
      }
      const whole = (await lossOf(slates)) * countOf(slates);
      for (const cut of slates.keys()) {
        const pieces = [slates.slice(0, cut), slates.slice(cut)].filter((piece) => piece.length > 0);
        let sum = 0;
        for (const piece of pieces) sum += (await lossOf(piece)) * countOf(piece);
        if (!near(sum, whole)) throw failed(`pieces that add up to ${whole}, each mean times its counts`, sum);
      }
    }),
    check('does not depend on the order of the items, nor on that of the lists', async () => {
      const turned = clickedSlates().map((slate) => ({ ...slate, items: slate.items.toReversed() }));
      await same('with the items of each list reversed', lossOf(turned));
      await same('with the lists reversed', lossOf(clickedSlates().toReversed()));
    }),
    check('is finite at logits of 1e4 and -1e4, and so is its gradient', async () => {
      const far = clickedSlates().map((slate, b) => ({
        ...slate,
        slateLogit: b % 2 === 0 ? 1e4 : -1e4,
        items: slate.items.map((item, k) => {
          const logit = (b + k) % 2 === 0 ? 1e4 : -1e4;
          return { ...item, logit, click: logit, noClick: -logit };
        }),
      }));
      await finite(lossFeeds(far, K), 'at logits of 1e4 and -1e4');
    }),
    check('has the gradient of finite differences', async () => {
      const slopes = await compareSlopes(build(), learned, {
        feeds: lossFeeds([...clickedSlates(), ...unclickedSlates()], K),
        elementsOf: (count) => Array.from({ length: count }, (_, at) => at),
      });
      for (const { name, at, symbolic, numeric } of slopes)
        if (!near(symbolic, numeric, 1e-6)) throw failed(`a gradient of ${numeric} by ${name}[${at}]`, symbolic);
    }),
    check(
      countsUnclicked
        ? 'learns from lists without a click; one that does not counts them as 0'
        : 'leaves out lists without a click',
      async () => {
        if (!countsUnclicked)
          return same('with lists without a click', lossOf([...clickedSlates(), ...unclickedSlates()]));
        const { loss: _, ...slopes } = await finite(lossFeeds(unclickedSlates(), K), 'of lists without a click');
        if (Object.values(slopes).every(isZero)) throw failed('a gradient of lists without a click', 'none');
      },
    ),
    check('has a finite value, and no gradient, where nothing counts', async () => {
      const slates = [emptySlate(), ...(countsUnclicked ? [] : unclickedSlates())];
      const { loss: _, ...slopes } = await finite(lossFeeds(slates, K), 'where nothing counts');
      for (const [name, slope] of Object.entries(slopes))
        if (!isZero(slope)) throw failed('no gradient where nothing counts', `one by ${shortOf(name)}`);
    }),
  ];
}

const shortOf = (slope: string): string => slope.replace(/^slope:/, '');

/** But for rounding. */
const near = (found: number, expected: number, tolerance = 1e-9): boolean =>
  Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected));

const isZero = (values: Float32Array | Float64Array): boolean => values.every((value) => value === 0);
