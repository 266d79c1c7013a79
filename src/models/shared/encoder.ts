/** Legend: B batch, K slate, U distinct items, H history, F features, E embedded, D width. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { dropout } from '../../nn/dropout.ts';
import { createHistoryAttention, type HistoryAttention, historyAttention } from '../../nn/history-attention.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../../nn/layer-norm.ts';
import { concat, constant } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { createParameter, fill, normal, type Parameter } from '../../nn/parameter.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type Curves, createCurves, withCurves } from './number-curves.ts';
import type { ScorerConfig } from './scorer-config.ts';
import { embeddedWidth, type ScorerInputs } from './scorer-inputs.ts';
import type { ScoreOptions } from './scorer-outputs.ts';
import { createUserEncoder, type UserEncoder, userVector } from './user-encoder.ts';

/** What every scorer shares: e_i = encode(item_i, user, context, state), before any item has seen another. */
export type Encoder = {
  readonly item: Linear;
  readonly itemNorm: LayerNorm | undefined;
  readonly slot: Linear | undefined;
  readonly context: Linear | undefined;
  readonly position: Parameter | undefined;
  readonly clicked: HistoryAttention | undefined;
  readonly skipped: HistoryAttention | undefined;
  readonly lastClick: Linear;
  readonly user: UserEncoder;
  /** What of an item the user is after. */
  readonly taste: Linear | undefined;
  readonly rest: Parameter | undefined;
  readonly curves: Curves;
};

/** The inputs as vectors of one width. */
export interface Encoded {
  readonly slotsBKD: Tensor;
  /** Vectors of the batch's distinct items by their fields alone, and the same at their slots. */
  readonly itemUD: Tensor;
  readonly itemBKD: Tensor;
  readonly lastClickBD: Tensor;
  readonly lastClickMaskB: Tensor;
  readonly userBD: Tensor;
}

/** Hidden items that count as one: keeps the input of the size of the others. */
const REST_SCALE = 10;

/** Fresh layers for inputs of this form. */
export function createEncoder(rng: Rng, { config, spec }: { config: ScorerConfig; spec: InputSpec }): Encoder {
  const D = config.width;
  const itemWidth = spec.itemDense.length + embeddedWidth(spec.itemEmbeddings);
  const contextWidth = spec.contextDense.length + embeddedWidth(spec.contextEmbeddings);
  const to = (inputs: number): Linear => createLinear(rng, { inputs, outputs: D });
  return {
    // An item without any static feature still has a (constant) vector, so that history and gathering need no second path.
    item: to(Math.max(itemWidth, 1)),
    itemNorm: config.itemNorm ? createLayerNorm(D) : undefined,
    slot: spec.slotDense.length > 0 ? to(spec.slotDense.length) : undefined,
    context: contextWidth > 0 ? to(contextWidth) : undefined,
    position: config.position ? createParameter([config.positions, D], normal(rng, 0.02)) : undefined,
    clicked: config.history ? createHistoryAttention(rng, D) : undefined,
    skipped: config.history ? createHistoryAttention(rng, D) : undefined,
    lastClick: to(D),
    user: createUserEncoder(rng.split('user'), { width: D, spec }),
    taste: config.user ? createLinear(rng.split('taste'), { inputs: D, outputs: D, initialise: fill(0) }) : undefined,
    rest: config.partial > 0 ? createParameter([D], fill(0)) : undefined,
    curves: createCurves(config),
  };
}

/** Items, user and request as vectors of one width: where every scorer begins. */
export function encode(layer: Encoder, inputs: ScorerInputs, options: ScoreOptions): Encoded {
  const { config, spec, rng } = options;
  const drop = { rate: config.inputDropout, rng };
  const { curves } = layer;
  const linearUD = linear(layer.item, dropout(itemFeatures(inputs), drop));
  const bentUD = withCurves(linearUD, curves.item, inputs.itemDenseUF, config.knots?.item);
  const itemUD = layer.itemNorm ? layerNorm(layer.itemNorm, bentUD) : bentUD;
  const itemBKD = itemUD.gatherRows(inputs.itemIndexBK);
  const clickedBHD = itemUD.gatherRows(inputs.clickedIndexBH);
  const skippedBHD = itemUD.gatherRows(inputs.skippedIndexBH);
  const contextBD = encodeContext(layer, inputs, config);
  const userBD = userVector(layer.user, { inputs, clickedBHD, skippedBHD }, options);

  const parts: Tensor[] = [itemBKD];
  if (layer.slot && inputs.slotDenseBKF) {
    const visibleBKF = visibleSlotFeatures(inputs.slotDenseBKF, config, spec);
    parts.push(withCurves(linear(layer.slot, visibleBKF), curves.slot, visibleBKF, config.knots?.slot));
  }
  const ofSlateB1D = [contextBD, layer.taste && userBD]
    .map((part) => part?.reshape(['B', 1, config.width]))
    .concat(restOf(layer, inputs))
    .filter((part) => part !== undefined);
  // Added up before they meet the items: one pass over all slots instead of one for each.
  if (ofSlateB1D.length > 0) parts.push(sum(ofSlateB1D));
  const placesBKD = placeVectors(layer, inputs, config);
  if (placesBKD) parts.push(placesBKD);
  if (layer.clicked && layer.skipped) {
    parts.push(historyAttention(layer.clicked, itemBKD, clickedBHD, inputs.clickedMaskBH));
    parts.push(historyAttention(layer.skipped, itemBKD, skippedBHD, inputs.skippedMaskBH));
  }
  if (layer.taste) parts.push(itemBKD.mul(linear(layer.taste, userBD).reshape(['B', 1, config.width])));
  const lastClickMaskB = inputs.clickedMaskBH.slice(1, 0, 1).reshape(['B']);
  return {
    itemUD,
    itemBKD,
    slotsBKD: dropout(sum(parts), drop),
    lastClickBD: linear(layer.lastClick, clickedBHD.slice(1, 0, 1).reshape(['B', config.width])),
    lastClickMaskB,
    userBD,
  };
}

const sum = (parts: readonly Tensor[]): Tensor => parts.reduce((total, part) => total.add(part));

/** [B, 1, D]: how many items of the slate are not there yet. */
const restOf = ({ rest }: Encoder, { restB }: ScorerInputs): Tensor | undefined =>
  rest &&
  restB
    .mul(1 / REST_SCALE)
    .reshape(['B', 1, 1])
    .mul(rest.tensor);

/** The vector of each item's place. On a page longer than any of the training log the later places share the last vector. */
export const placeVectors = (
  { position }: Encoder,
  { positionBK }: ScorerInputs,
  { positions }: ScorerConfig,
): Tensor | undefined => position?.tensor.gatherRows(positionBK.atMost(positions - 1));

function itemFeatures({ itemDenseUF, itemEmbeddedUE, itemIndexBK }: ScorerInputs): Tensor {
  const parts = [itemDenseUF, itemEmbeddedUE].filter((part) => part !== undefined);
  if (parts.length > 0) return concat(parts, 1);
  // No static feature at all: one zero per distinct item. U is at most B*K; unused rows cost nothing that matters.
  return itemIndexBK.toFloat().mul(0).reshape(['B*K', 1]);
}

function encodeContext(
  layer: Encoder,
  { contextDenseBF, contextEmbeddedBE }: ScorerInputs,
  { knots }: ScorerConfig,
): Tensor | undefined {
  const parts = [contextDenseBF, contextEmbeddedBE].filter((part) => part !== undefined);
  if (!layer.context || parts.length === 0) return undefined;
  return withCurves(linear(layer.context, concat(parts, 1)), layer.curves.context, contextDenseBF, knots?.context);
}

/** Hides the list-relative columns from a model that must judge every item by itself. */
function visibleSlotFeatures(slotDenseBKF: Tensor, config: ScorerConfig, spec: InputSpec): Tensor {
  if (config.listRelative || spec.listRelative.length === 0) return slotDenseBKF;
  const visible = spec.slotDense.map((name) => (spec.listRelative.includes(name) ? 0 : 1));
  return slotDenseBKF.mul(constant(visible, [visible.length]));
}
