/** Legend: B batch, H history, F dense columns, E embedded, D width. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { dropout } from '../../nn/dropout.ts';
import { createHistoryPooling, type HistoryPooling, historyPooling } from '../../nn/history-pooling.ts';
import { concat, constant } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { embeddedWidth, type ScorerInputs } from './scorer-inputs.ts';
import type { ScoreOptions } from './scorer-outputs.ts';

/** Who asks: what the user clicked and passed over lately, what is known of the user, and a vector of its own where the log has the user often enough. */
export type UserEncoder = {
  readonly clicked: HistoryPooling;
  readonly skipped: HistoryPooling;
  readonly mix: Linear;
};

/** Share of training lists whose user is taken for unknown: the rest of the vector must do without the id. */
const UNKNOWN = 0.5;

export function createUserEncoder(
  rng: Rng,
  { width, spec }: { readonly width: number; readonly spec: InputSpec },
): UserEncoder {
  const context = spec.contextDense.length + embeddedWidth(spec.contextEmbeddings);
  const pooling = (name: string): HistoryPooling =>
    createHistoryPooling(rng.split(name), { width, historyLength: spec.historyLength });
  return {
    clicked: pooling('clicked'),
    skipped: pooling('skipped'),
    mix: createLinear(rng.split('mix'), {
      inputs: 2 * width + context + (spec.userIds?.width ?? 0),
      outputs: width,
    }),
  };
}

/** [B, D]: u = W [clicked; skipped; fields; id] + b, of histories [B, H, D], latest first. */
export function userVector(
  layer: UserEncoder,
  { inputs, clickedBHD, skippedBHD }: { inputs: ScorerInputs; clickedBHD: Tensor; skippedBHD: Tensor },
  { spec, rng }: Pick<ScoreOptions, 'spec' | 'rng'>,
): Tensor {
  const parts = [
    historyPooling(layer.clicked, clickedBHD, inputs.clickedMaskBH),
    historyPooling(layer.skipped, skippedBHD, inputs.skippedMaskBH),
    ownFields(inputs, spec),
    inputs.userEmbeddedBE?.mul(dropout(onesB1(inputs), { rate: UNKNOWN, rng })),
  ].filter((part) => part !== undefined);
  return linear(layer.mix, concat(parts, 1));
}

/** The context with zeros in all columns that are not the user's own: what is asked for, and how long the list is, are none of them. */
function ownFields({ contextDenseBF, contextEmbeddedBE }: ScorerInputs, spec: InputSpec): Tensor | undefined {
  const parts = [contextDenseBF, contextEmbeddedBE].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const ofUser = new Set(spec.ofUser);
  const own = [
    ...spec.contextDense.map((name) => (ofUser.has(name) ? 1 : 0)),
    ...spec.contextEmbeddings.flatMap(({ name, width }) => new Array<number>(width).fill(ofUser.has(name) ? 1 : 0)),
  ];
  return concat(parts, 1).mul(constant(own, [own.length]));
}

const onesB1 = ({ restB }: ScorerInputs): Tensor => restB.mul(0).add(1).reshape(['B', 1]);
