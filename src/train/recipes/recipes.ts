import { createRegistry, type Registry } from '../../slate/registry.ts';
import {
  attentionBce,
  attentionChoice,
  attentionJrc,
  attentionListNet,
  attentionPair,
  attentionPartial,
  attentionRcr,
  attentionTriplet,
} from './attention.ts';
import { exactK } from './exact-k.ts';
import { graphBce, graphListNet } from './graph.ts';
import { pointwiseBce } from './pointwise.ts';
import type { Recipe } from './recipe.ts';
import { dlcm, prm, setRank } from './rerankers.ts';
import { twoStage } from './two-stage.ts';

/** Every recipe of the program, in the order of the tables. */
export const recipes: Registry<Recipe> = createRegistry('recipe', [
  pointwiseBce,
  attentionBce,
  attentionTriplet,
  attentionListNet,
  attentionRcr,
  attentionJrc,
  attentionPair,
  attentionChoice,
  attentionPartial,
  graphBce,
  graphListNet,
  twoStage,
  exactK,
  prm,
  setRank,
  dlcm,
]);

/** The article's own comparison: what `demo` and `compare` train unless told otherwise. */
export const mainRecipes = ['pointwise-bce', 'attention-bce', 'attention-triplet', 'attention-listnet'] as const;
