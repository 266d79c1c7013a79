/** Legend: B batch, K slate, D width. */
import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import type { Layer } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import type { FactorSets } from './shared/factor-sets.ts';
import type { IdTable, ScorerConfig } from './shared/scorer-config.ts';
import type { ScorerInputs } from './shared/scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from './shared/scorer-outputs.ts';
import type { TableGroup } from './tables/embedding-tables.ts';

/**
 * The contract of a slate scorer: a batch of slates in, a click logit for every item in the company of the others out. Every model is one implementation;
 * `testing/scorer-conformance.ts` holds what all of them promise.
 */
export interface Scorer {
  readonly kind: 'scorer';
  /** What recipes and stored models call it. */
  readonly name: string;
  /** The parameters of a fresh model for inputs of this form; the same rng gives the same values. */
  create(rng: Rng, options: { readonly config: ScorerConfig; readonly spec: InputSpec }): Layer;
  /** Builds the forward graph. With `rng` it drops at random (training); without, nothing is dropped. */
  score(layer: Layer, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** Whether an item's logit depends on where it stands: then permuting a slate need not permute its logits. */
  seesPosition(config: ScorerConfig): boolean;
  /** Whether it has attention heads, which must divide the width. */
  readonly attends?: boolean;
  /** Whether an item's logit depends on the other items. */
  readonly seesCompany: boolean;
  /** Whether the slate's logit is learned; otherwise it follows from the items', their clicks independent given the slate. */
  readonly learnsSlateLogit?: boolean;
  /** Whether an item's logit depends on what the user clicked before, whatever the config says of history and user. */
  readonly personal?: boolean;
  /** Whether it reads the user's vector beside what the encoder does with it: then users known well enough have a row in a table of their own. */
  readonly readsUser?: boolean;
  /** Tables with a row per item that this scorer learns beside those of the items' fields. */
  idTables?(config: ScorerConfig): readonly IdTable[];
  /** How the scorer's one id table holds factors of items, which a recipe says how to fit. */
  readonly factorSets?: FactorSets;
  /** The graph of a stage that is trained first, alone; what it learned is frozen then. */
  firstStage?(layer: Layer, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** What the first stage learns: the parameters under this part of the layer, and these groups of tables; the id tables alone where it is left out. */
  readonly firstStageLearns?: { readonly parameters: string; readonly tables: readonly TableGroup[] };
  /** Whether a config asks for the first stage: then it needs one, else it must have none. Where it is left out, both are right. */
  asksForFirstStage?(config: Pick<ScorerConfig, 'personal'>): boolean;
  /** Whether the click graph's neighbours are among its inputs. */
  readonly seesGraph?: boolean;
}
