/**
 * Asks a server that `slatewise serve` runs, from programs and from pages: it needs `fetch` and nothing else. `docs/serving.md` describes the routes.
 *
 * @module slatewise/client
 */

export type {
  ComposedList,
  ComposedLists,
  ErasedAnswer,
  EventOutcome,
  EventsAnswer,
  ExplainAnswer,
  ExplainedItems,
  GenerateAnswer,
  ModelAnswer,
  ModelsAnswer,
  ReadyAnswer,
  ScoreAnswer,
  ScoredItems,
  ScoredPlace,
} from './serve/client/answer-types.ts';
export type {
  AskedItem,
  AskedList,
  EventsBody,
  ExplainBody,
  ExplainedList,
  FieldChangesByName,
  FieldsAsIf,
  FieldsByName,
  GenerateBody,
  ScoreBody,
  SentEvent,
  SentInteraction,
  SentItem,
  SentList,
  SentListItem,
  SentUser,
  WhatIfBody,
} from './serve/client/body-types.ts';
export { ClientError } from './serve/client/client-error.ts';
export type {
  AskCall,
  ClientCall,
  ClientOptions,
  ItemsFor,
  SearchFor,
  ServerClient,
} from './serve/client/create-client.ts';
export { createClient } from './serve/client/create-client.ts';
export type {
  DashboardAnswer,
  ItemsAnswer,
  RecentAnswer,
  RecentListsAnswer,
  ReportsAnswer,
  StartAnswer,
  UsersAnswer,
  WhatIfAnswer,
} from './serve/client/page-types.ts';
