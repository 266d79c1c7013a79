/** What every scorer promises (`models/scorer.ts`). Legend: B batch, K slate. */
import { scorerForm } from '../models/define-scorer.ts';
import type { Model } from '../models/model.ts';
import type { Scorer } from '../models/scorer.ts';
import type { ScorerConfig } from '../models/shared/scorer-config.ts';
import { decodeArrays, encodeArrays } from '../models/tables/array-file.ts';
import { loadWeights, modelArrays } from '../models/tables/weights.ts';
import { checkMade } from '../slate/check-definition.ts';
import type { Check } from './check.ts';
import { checkGiven } from './check.ts';
import { compareSlopes } from './run-graph.ts';
import { type SampleList, sampleBatch, sampleLists } from './sample-lists.ts';
import { feedsOf, freshModel, noisyModel, parametersOf, type Scored, sampleConfig, scored } from './sample-model.ts';

/** Of float32 through a few layers. */
const TOLERANCE = 1e-4;

/** What is no rounding any more. */
const VISIBLE = 1e-3;

/**
 * Checks for a scorer of one's own, whatever runs tests: `for (const { name, run } of scorerConformance(mine)) test(name, run)`. It runs on small made-up lists that have every
 * kind of input; `config` changes the sizes and switches that it is built with.
 */
export function scorerConformance(scorer: Scorer, config: Partial<ScorerConfig> = {}): readonly Check[] {
  checkMade(scorer, scorerForm, 'scorerConformance');
  checkGiven(config, 'scorerConformance', Object.keys(sampleConfig));
  const modelWith = (position: boolean, changes: Partial<ScorerConfig> = {}): Model =>
    noisyModel(scorer, { ...sampleConfig, ...config, position, ...changes });
  const failed = (expected: string, found: unknown): Error =>
    new Error(`scorer "${scorer.name}": expected ${expected}, found ${found}`);
  const scoresOf = (model: Model, ...lists: readonly SampleList[]): Promise<Scored> =>
    scored(model, sampleBatch(lists));
  const same = (what: string, found: ArrayLike<number>, expected: ArrayLike<number>): void => {
    if (distance(found, expected) > TOLERANCE) throw failed(`${show(expected)} ${what}`, show(found));
  };
  const check = (name: string, run: () => Promise<void>): Check => ({ name: `${scorer.name}: ${name}`, run });
  return [
    check('a list alone scores as it does in a batch: padding changes nothing', async () => {
      const model = modelWith(true);
      const lists = sampleLists();
      const together = await scoresOf(model, ...lists);
      for (const [b, list] of lists.entries()) {
        const length = list.slots.length;
        const alone = await scoresOf(model, list);
        same(`of list ${b} in a batch`, together.logitsBK.subarray(3 * b, 3 * b + length), alone.logitsBK);
        same(`as the logit of list ${b} in a batch`, together.slateLogitB.subarray(b, b + 1), alone.slateLogitB);
        same('as logits of padding', together.logitsBK.subarray(3 * b + length, 3 * b + 3), zeros(3 - length));
      }
    }),
    check('permuting a list permutes its logits, unless it says that it sees positions', async () => {
      const [list] = sampleLists();
      const order = [2, 0, 1];
      for (const position of [false, true]) {
        const model = modelWith(position);
        const { logitsBK } = await scoresOf(model, list);
        const permuted = await scoresOf(model, { ...list, slots: order.map((from) => list.slots[from]) });
        const expected = order.map((from) => logitsBK[from]);
        if (!scorer.seesPosition(model.config)) same('of the same items in another order', permuted.logitsBK, expected);
        else if (distance(permuted.logitsBK, expected) < VISIBLE)
          throw failed('other logits in another order, since seesPosition says so', show(permuted.logitsBK));
      }
    }),
    check('sees the other items, or does not, as it says', async () => {
      const model = modelWith(false);
      const [list] = sampleLists();
      const [first, second, third] = list.slots;
      const { logitsBK } = await scoresOf(model, list);
      const other = { ...third, row: 6, dense: third.dense.map((value) => value + 1) };
      const besides = { ...first, dense: first.dense.map((value, at) => (at === 2 ? value + 1 : value)) };
      const changed = await scoresOf(model, { ...list, slots: [besides, second, other] });
      const moved = Math.abs(changed.logitsBK[0] - logitsBK[0]);
      if (scorer.seesCompany && moved < VISIBLE)
        throw failed('another logit beside other items, since seesCompany says so', show(changed.logitsBK));
      if (!scorer.seesCompany) same('beside other items', [changed.logitsBK[0]], [logitsBK[0]]);
    }),
    check(
      'knows the user by its history where it says so, and where the config does not ask for it, nobody',
      async () => {
        const model = modelWith(true, { history: false, user: false });
        const [list] = sampleLists();
        const own = await scoresOf(model, list);
        for (const [what, clicked] of [
          ['after other clicks', [5, 0]],
          ['after no click', []],
        ] as const) {
          const other = await scoresOf(model, { ...list, clicked });
          if (!scorer.personal) same(what, other.logitsBK, own.logitsBK);
          else if (distance(other.logitsBK, own.logitsBK) < VISIBLE)
            throw failed(`other logits ${what}, since personal says so`, show(other.logitsBK));
        }
      },
    ),
    check(
      'knows of items that are not there yet where it learns from partial lists, and of none elsewhere',
      async () => {
        const model = modelWith(true);
        const [list] = sampleLists();
        const whole = await scoresOf(model, { ...list, missing: 0 });
        const partial = await scoresOf(model, { ...list, missing: 3 });
        if (model.config.partial === 0) same('of a list with items missing', partial.logitsBK, whole.logitsBK);
        else if (distance(partial.logitsBK, whole.logitsBK) < VISIBLE)
          throw failed('other logits where items are missing, since partial is above 0', show(partial.logitsBK));
      },
    ),
    check('scores a page longer than any that it learned from', async () => {
      const [list] = sampleLists();
      const { logitsBK, slateLogitB } = await scoresOf(modelWith(true), { ...list, positions: [0, 2, 9] });
      if (![...logitsBK, ...slateLogitB].every(Number.isFinite))
        throw failed('finite logits at positions beyond those of training', show(logitsBK));
    }),
    check("the list's logit is that of at least one click, unless it is learned", async () => {
      const lists = sampleLists();
      const { logitsBK, slateLogitB } = await scoresOf(modelWith(true), ...lists);
      if (!slateLogitB.every(Number.isFinite)) throw failed('finite logits of lists', show(slateLogitB));
      if (scorer.learnsSlateLogit) return;
      const expected = lists.map(({ slots }, b) => anyClick(logitsBK.subarray(3 * b, 3 * b + slots.length)));
      if (distance(slateLogitB, expected) > VISIBLE)
        throw failed(`${show(expected)}, those of at least one click`, show(slateLogitB));
    }),
    check('the same seed makes the same model, and without an rng nothing is dropped', async () => {
      const [one, two] = [1, 1].map((seed) => freshModel(scorer, { ...sampleConfig, ...config }, seed));
      for (const [name, array] of Object.entries(modelArrays(one))) {
        const again = modelArrays(two)[name];
        if (!again || distance(array, again) > 0) throw failed(`the same ${name} from the same seed`, 'another');
      }
      const model = modelWith(true);
      same(
        'when it scores again',
        (await scoresOf(model, ...sampleLists())).logitsBK,
        (await scoresOf(model, ...sampleLists())).logitsBK,
      );
    }),
    check('saved and loaded it gives identical logits', async () => {
      const model = modelWith(true);
      const loaded = freshModel(scorer, model.config, 99);
      loadWeights(loaded, decodeArrays(encodeArrays({}, modelArrays(model))).arrays);
      const [stored, found] = [await scoresOf(model, ...sampleLists()), await scoresOf(loaded, ...sampleLists())];
      if (distance(found.logitsBK, stored.logitsBK) > 0)
        throw failed(`${show(stored.logitsBK)} after loading`, show(found.logitsBK));
    }),
    check('its gradients are those of finite differences', async () => {
      const model = modelWith(true);
      const { itemLogitsBK, itemVectorsBKD } = scorer.score(model.layer, model.inputs, model);
      const scalar = itemLogitsBK.mul(itemLogitsBK).total().add(itemVectorsBKD.total().mul(0.1));
      const parameters = parametersOf(model);
      const slopes = await compareSlopes(scalar, parameters, {
        feeds: feedsOf(model, sampleBatch(sampleLists())),
        parameters,
        elementsOf: (count) => [count >> 1],
      });
      for (const { name, at, symbolic, numeric } of slopes)
        if (!(Math.abs(symbolic - numeric) <= TOLERANCE * Math.max(1, Math.abs(numeric))))
          throw failed(`a gradient of ${numeric} by ${name}[${at}]`, symbolic);
    }),
  ];
}

const zeros = (count: number): Float32Array => new Float32Array(count);

/** The largest difference; infinite where the lengths differ or a number is none. */
function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const gap = Math.abs(found[i] - expected[i]);
    if (!(gap <= largest)) largest = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
  }
  return largest;
}

function anyClick(logits: Float32Array): number {
  const miss = logits.reduce((product, logit) => product / (1 + Math.exp(logit)), 1);
  return Math.log((1 - miss) / miss);
}

const show = (values: ArrayLike<number>): string => `[${Array.from(values, (value) => value.toFixed(4)).join(', ')}]`;
