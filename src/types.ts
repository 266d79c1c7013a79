/**
 * The parts of events, requests, answers and reports, for programs that name them.
 *
 * @module slatewise/types
 */
export type { FieldKind } from './encoding/field-kinds/field-kinds.ts';
export type { BestAndGap, MadeSlate, PlacedItem, RulePrice, SlateReply } from './generate/request/slate-reply.ts';
export type { FieldIs } from './generate/rules/field-is.ts';
export type { OwnKind } from './jobs/kinds.ts';
export type { Progress } from './jobs/reporter.ts';
export type { MemoryConfig, Settings, SettingsInput } from './jobs/settings.ts';
export type { CallOptions } from './live/call-options.ts';
export type {
  EventsInput,
  InteractionInput,
  ItemInput,
  ListedItem,
  Moment,
  RankingInput,
  UserInput,
} from './live/event-input.ts';
export type { AnyValue, FieldChanges, FieldDefinitions, FieldsOf, ValuesOfKinds } from './live/fields.ts';
export type { GeneratedList } from './live/list-model.ts';
export type { Figures, ModelReport, ReadReport, RejectedEvents } from './live/model-report.ts';
export type { AnswerOptions } from './live/options.ts';
export type { BestSwap, WhatIf, WhatIfItem, WhatIfOptions } from './live/what-if.ts';
export type { Applied } from './memory/applied.ts';
export type { ExplainedItem, InfluenceJson } from './scoring/influence.ts';
export type { ItemScore, SlateScore } from './scoring/slate-score.ts';
export type { RejectReason } from './slate/error-code.ts';
export type { RecipeChanges } from './train/recipes/define-recipe.ts';
