/** Legend: B requests, N candidates of each (K in the names of extents, as for any list), S decodings of a request, T places, R = B * S, D width. */
import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import { input } from '../graph/leaves.ts';
import { asEarlier, createIntraAttention, type IntraAttention, intraAttention } from '../nn/intra-attention.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../nn/layer-norm.ts';
import { concat, constant } from '../nn/leaves.ts';
import { createLstmCell, type LstmCell, lstmCell } from '../nn/lstm-cell.ts';
import { collectParameters, createParameter, normal, type Parameter } from '../nn/parameter.ts';
import {
  createPointerAttention,
  glimpse,
  type PointerAttention,
  pointerLogits,
  pointerReferences,
} from '../nn/pointer-attention.ts';
import { absenceBias } from '../nn/self-attention.ts';
import { createTransformerBlocks, type TransformerBlock, transformerBlocks } from '../nn/transformer-block.ts';
import type { Rng } from '../random/rng.ts';
import { productOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Network } from './model.ts';
import { createEncoder, type Encoder, encode } from './shared/encoder.ts';
import type { ScorerConfig } from './shared/scorer-config.ts';
import { createScorerInputs } from './shared/scorer-inputs.ts';
import { createEmbeddingTables } from './tables/embedding-tables.ts';

/** Sizes and switches of a pointer network; stored with it. */
export interface PointerModelConfig {
  readonly width: number;
  readonly blocks: number;
  readonly heads: number;
  readonly feedForward: number;
  /** Whether the user's last clicked and skipped items are pooled by attention against each candidate. */
  readonly history: boolean;
  /** Logits are bounded to this, so that sampling keeps exploring; 0: not. */
  readonly clip: number;
  /** Whether the glimpse is added to what the LSTM says, or takes its place as the paper has it. */
  readonly glimpse: 'added' | 'replaces';
  /** Whether the decoder attends to its earlier outputs, as in the code that the authors published. */
  readonly intra: boolean;
}

export type PointerLayer = {
  readonly encoder: Encoder;
  readonly blocks: readonly TransformerBlock[];
  readonly norm: LayerNorm;
  readonly start: Parameter;
  readonly cell: LstmCell;
  readonly glimpse: PointerAttention;
  readonly pointer: PointerAttention;
  readonly intra: IntraAttention | undefined;
};

/** Exact-K's generator (Gong et al., KDD 2019, section 4.2) with its parameters and tables. */
export interface PointerModel extends Network {
  readonly config: PointerModelConfig;
  readonly layer: PointerLayer;
}

export function createPointerModel(
  rng: Rng,
  { config, spec: given }: { readonly config: PointerModelConfig; readonly spec: InputSpec },
): PointerModel {
  // The click graph around a candidate is the scorer's to know.
  const spec: InputSpec = { ...given, graph: undefined };
  const { width, intra } = config;
  const layer: PointerLayer = {
    encoder: createEncoder(rng.split('encoder'), { config: encoderConfig(config), spec }),
    blocks: createTransformerBlocks(rng, config),
    norm: createLayerNorm(width),
    start: createParameter([width], normal(rng.split('start'), 0.02), { decays: false }),
    cell: createLstmCell(rng.split('cell'), { inputs: width, width }),
    glimpse: createPointerAttention(rng.split('glimpse'), width, { earlier: intra }),
    pointer: createPointerAttention(rng.split('pointer'), width, { earlier: intra }),
    intra: intra ? createIntraAttention(rng.split('intra'), width) : undefined,
  };
  return {
    config,
    spec,
    layer,
    inputs: createScorerInputs(spec, []),
    parameters: collectParameters(layer),
    tables: createEmbeddingTables(rng.split('tables'), spec, []),
  };
}

/** Candidates stand nowhere yet and are compared by attention alone: neither position nor list-relative columns are seen. */
const encoderConfig = (config: PointerModelConfig): ScorerConfig => ({
  ...config,
  dropout: 0,
  inputDropout: 0,
  user: false,
  personal: 'joint',
  position: false,
  positions: 1,
  listLength: 1,
  listRelative: false,
  itemNorm: true,
  head: 'clicks',
  inducing: 0,
  partial: 0,
  graph: { layers: 1, version: 'gat', activation: 'none', attentionDropout: 0, redrawFrom: 0 },
  baseRate: 0.5,
  slateRate: 0.5,
});

/** What a decoder needs to know of the candidates, whatever it chooses. */
export interface CandidateVectors {
  readonly vectorsBND: Tensor;
  readonly glimpseReferencesBND: Tensor;
  readonly pointerReferencesBND: Tensor;
  /** What the first place is decoded from: a learned vector plus the user's. */
  readonly firstBD: Tensor;
}

export function encodeCandidates({ layer, inputs, config, spec }: PointerModel): CandidateVectors {
  const { slotsBKD, userBD } = encode(layer.encoder, inputs, { config: encoderConfig(config), spec });
  const absenceB11K = absenceBias(inputs.maskBK);
  const hiddenBND = transformerBlocks(layer.blocks, slotsBKD, { absenceB11K, rate: 0 });
  const vectorsBND = layerNorm(layer.norm, hiddenBND);
  return {
    vectorsBND,
    glimpseReferencesBND: pointerReferences(layer.glimpse, vectorsBND),
    pointerReferencesBND: pointerReferences(layer.pointer, vectorsBND),
    firstBD: userBD.add(layer.start.tensor),
  };
}

export type CandidateReferences = Pick<CandidateVectors, 'glimpseReferencesBND' | 'pointerReferencesBND'>;

export interface DecoderState {
  readonly hiddenRD: Tensor;
  readonly memoryRD: Tensor;
  /** Of a decoder that attends to them: its outputs so far, after a row of zeros (`intra-attention.ts`). */
  readonly earlierRTE?: Tensor | undefined;
}

/**
 * One place of every decoding: the LSTM reads the vector of what stands before it, looks at the candidates once (glimpse) and points at one that is left.
 * By default the glimpse is added to what the LSTM says, not put in its stead: at the start a glimpse is the same for every query.
 */
export function decodePlace(
  { layer, config }: PointerModel,
  {
    references,
    state,
    lastBSD,
    leftBSN,
  }: {
    readonly references: CandidateReferences;
    readonly state: DecoderState;
    readonly lastBSD: Tensor;
    readonly leftBSN: Tensor;
  },
): { readonly logitsBSN: Tensor; readonly state: Pick<DecoderState, 'hiddenRD' | 'memoryRD'> } {
  const next = lstmCell(layer.cell, lastBSD.flattenRows(), {
    hiddenBD: state.hiddenRD,
    memoryBD: state.memoryRD,
  });
  const outputRD = next.hiddenBD;
  const hiddenBSD = outputRD.reshape(lastBSD.shape);
  const { earlierRTE } = state;
  const earlierBSD =
    layer.intra && earlierRTE && intraAttention(layer.intra, { earlierRTE, outputRD }).reshape(lastBSD.shape);
  const about = { leftBSN, earlierBSD };
  const seenBSD = glimpse(layer.glimpse, {
    ...about,
    referencesBND: references.glimpseReferencesBND,
    queryBSD: hiddenBSD,
  });
  const queryBSD = config.glimpse === 'replaces' ? seenBSD : hiddenBSD.add(seenBSD);
  const queries = { ...about, referencesBND: references.pointerReferencesBND, queryBSD };
  const logitsBSN = pointerLogits(layer.pointer, queries, config);
  return { logitsBSN, state: { hiddenRD: outputRD, memoryRD: next.memoryBD } };
}

/** Given slates, as they were or are to be chosen. Rows that a decoding reads are numbered over the whole batch. */
export interface GivenSlates {
  /** int64 [B, S, T]: b * N + candidate. */
  readonly chosenBST: Tensor;
  /** int64 [B, S, T]: (b * S + s) * N + candidate. */
  readonly pickBST: Tensor;
  /** [B, S, T, N]: 1 where a candidate might have been chosen for the place. */
  readonly leftBSTN: Tensor;
}

export const givenSlates = (T: number): GivenSlates => ({
  chosenBST: input('chosenBST', ['B', 'S', T], 'int64'),
  pickBST: input('pickBST', ['B', 'S', T], 'int64'),
  leftBSTN: input('leftBSTN', ['B', 'S', T, 'K']),
});

/** Teacher forced: log pi(choice | before) of every place and decoding, [B, S, T], and the entropy of each distribution, [B, S, T]. */
export function logProbabilities(
  model: PointerModel,
  { chosenBST, pickBST, leftBSTN }: GivenSlates,
): { readonly chosenLogBST: readonly Tensor[]; readonly entropyBST: readonly Tensor[] } {
  const D = model.config.width;
  const T = Number(chosenBST.shape[2]);
  const at = (index: Tensor, t: number): Tensor => index.slice(2, t, t + 1).reshape(['B', 'S']);
  const candidates = encodeCandidates(model);
  const rowsND = candidates.vectorsBND.flattenRows();
  const zerosRD = constant([0], [1, 1]).broadcastTo(['B*S', D]);
  const zerosR1E = constant([0], [1, 1, 1]).broadcastTo(['B*S', 1, D + 1]);
  let state: DecoderState = {
    hiddenRD: zerosRD,
    memoryRD: zerosRD,
    earlierRTE: model.config.intra ? zerosR1E : undefined,
  };
  let lastBSD = candidates.firstBD.reshape(['B', 1, D]).broadcastTo(['B', 'S', D]);
  const chosenLogBST: Tensor[] = [];
  const entropyBST: Tensor[] = [];
  for (let t = 0; t < T; t++) {
    const leftBSN = leftBSTN.slice(2, t, t + 1).reshape(['B', 'S', 'K']);
    const decoded = decodePlace(model, { references: candidates, state, lastBSD, leftBSN });
    const { earlierRTE } = state;
    state = {
      ...decoded.state,
      earlierRTE: earlierRTE && concat([earlierRTE, asEarlier(decoded.state.hiddenRD)], 1),
    };
    lastBSD = rowsND.gatherRows(at(chosenBST, t));
    const logsBSN = decoded.logitsBSN.logSoftmax(-1);
    const column = logsBSN.reshape([productOf(logsBSN.shape), 1]);
    chosenLogBST.push(column.gatherRows(at(pickBST, t)));
    entropyBST.push(logsBSN.exp().mul(logsBSN).sum(-1, { keep: true }).neg());
  }
  return { chosenLogBST, entropyBST };
}
