/** Legend: B batch, K slate, U distinct items, V user nodes, F users per item, G items per user, H history, D width. */

import { type DropoutOptions, dropout, drops } from '../../nn/dropout.ts';
import { elu } from '../../nn/elu.ts';
import {
  createGraphAttention,
  type GraphAttention,
  graphAttention,
  projectNeighbours,
} from '../../nn/graph-attention.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../../nn/layer-norm.ts';
import { maskedMean } from '../../nn/masked-mean.ts';
import { absenceBias } from '../../nn/self-attention.ts';
import { createTransformerBlocks, type TransformerBlock, transformerBlocks } from '../../nn/transformer-block.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoded, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';
import type { ScorerConfig } from '../shared/scorer-config.ts';
import type { GraphInputs, ScorerInputs } from '../shared/scorer-inputs.ts';

export type GraphLayer = {
  readonly encoder: Encoder;
  /** Users from the items they clicked; undefined with one layer, where a user is their mean. */
  readonly users: GraphAttention | undefined;
  /** Items from the users who clicked them. */
  readonly items: GraphAttention;
  readonly itemNorm: LayerNorm;
  readonly userNorm: LayerNorm;
  readonly blocks: readonly TransformerBlock[];
  readonly head: Head;
};

/**
 * The article's graph attention: node vectors of the bipartite graph of users and the items they clicked before the impression (Velickovic et al. 2018) enter the
 * self-attention list scorer. Users have no vectors of their own but what they clicked, and items start from their fields, so that new ones work.
 */
export const graphScorer: Scorer = {
  kind: 'scorer',
  name: 'graph',
  seesCompany: true,
  personal: true,
  attends: true,
  seesGraph: true,
  seesPosition: (config) => config.position,
  create(rng, { config, spec }): GraphLayer {
    const layer = (name: string): GraphAttention =>
      createGraphAttention(rng.split(name), { ...config, version: config.graph.version });
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      users: config.graph.layers === 2 ? layer('users') : undefined,
      items: layer('items'),
      itemNorm: createLayerNorm(config.width),
      userNorm: createLayerNorm(config.width),
      blocks: createTransformerBlocks(rng, config),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { blocks, head: last, encoder, ...nodes } = layer as GraphLayer;
    const { config } = options;
    const { graph } = inputs;
    if (!graph)
      throw new RangeError('graphScorer: expected inputs with a click graph; the data was encoded without one');
    const encoded = encode(encoder, inputs, options);
    const drop = { rate: config.dropout, rng: options.rng };
    const edges = {
      shares: { rate: config.graph.attentionDropout, rng: options.rng },
      activate: activations[config.graph.activation],
    };
    const itemNodesBKD = layerNorm(nodes.itemNorm, itemNodes(nodes, { encoded, graph, config, edges }));
    const userNodeBD = layerNorm(nodes.userNorm, requestUser(nodes, { encoded, inputs, edges }));
    const matchBKD = itemNodesBKD.mul(userNodeBD.reshape(['B', 1, config.width]));
    const absenceB11K = absenceBias(inputs.maskBK);
    const hiddenBKD = transformerBlocks(blocks, encoded.slotsBKD.add(dropout(itemNodesBKD.add(matchBKD), drop)), {
      absenceB11K,
      ...drop,
    });
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head, centred: !drops(drop) });
  },
};

const activations = { none: (x: Tensor): Tensor => x, elu } as const;

/** How a layer mixes its neighbours. */
interface Edges {
  /** Dropout of the shares of attention. */
  readonly shares: DropoutOptions;
  readonly activate: (x: Tensor) => Tensor;
}

type Nodes = Pick<GraphLayer, 'users' | 'items' | 'itemNorm' | 'userNorm'>;

/** Each shown item from the users who clicked it before, themselves from what they had clicked. */
function itemNodes(
  { users, items }: Nodes,
  { encoded, graph, config, edges }: { encoded: Encoded; graph: GraphInputs; config: ScorerConfig; edges: Edges },
): Tensor {
  const D = config.width;
  const userVD = userNodes(users, { encoded, indexRG: graph.nodeItemIndexVG, maskRG: graph.nodeItemMaskVG, edges });
  const [B, K, F] = graph.neighbourIndexBKF.shape;
  const neighboursBKFD = projectNeighbours(items, userVD).gatherRows(graph.neighbourIndexBKF);
  const mixedRD = graphAttention(items, {
    nodesRD: encoded.itemBKD.flattenRows(),
    neighboursRFD: neighboursBKFD.reshape(['B*K', F, D]),
    maskRF: graph.neighbourMaskBKF.flattenRows(),
    shares: edges.shares,
  });
  return edges.activate(mixedRD).reshape([B, K, D]);
}

/** The user of the request, from the last clicks before it. */
function requestUser(
  { users }: Nodes,
  { encoded, inputs, edges }: { encoded: Encoded; inputs: ScorerInputs; edges: Edges },
): Tensor {
  return userNodes(users, { encoded, indexRG: inputs.clickedIndexBH, maskRG: inputs.clickedMaskBH, edges });
}

/** Users as the mean of the items they clicked; with a layer, as what that mean pays attention to among them. */
function userNodes(
  layer: GraphAttention | undefined,
  { encoded, indexRG, maskRG, edges }: { encoded: Encoded; indexRG: Tensor; maskRG: Tensor; edges: Edges },
): Tensor {
  const meanRD = maskedMean(encoded.itemUD.gatherRows(indexRG), maskRG);
  if (!layer) return meanRD;
  const neighboursRFD = projectNeighbours(layer, encoded.itemUD).gatherRows(indexRG);
  return edges.activate(
    graphAttention(layer, { nodesRD: meanRD, neighboursRFD, maskRF: maskRG, shares: edges.shares }),
  );
}
