/** Asks a server, from programs and from pages: nothing but `fetch` is needed. */
import type {
  ErasedAnswer,
  EventsAnswer,
  ExplainAnswer,
  GenerateAnswer,
  ModelAnswer,
  ModelsAnswer,
  ReadyAnswer,
  ScoreAnswer,
} from './answer-types.ts';
import type { EventsBody, ExplainBody, GenerateBody, ScoreBody, WhatIfBody } from './body-types.ts';
import { ClientError } from './client-error.ts';
import type {
  DashboardAnswer,
  ItemsAnswer,
  RecentListsAnswer,
  ReportsAnswer,
  StartAnswer,
  UsersAnswer,
  WhatIfAnswer,
} from './page-types.ts';
import { sendRetrying } from './send-retrying.ts';

/** Where the server is, and how patient a client is with it. */
export interface ClientOptions {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What `slatewise serve --new-key` told. Keep keys for events or admin out of pages. */
  readonly key?: string | undefined;
  /** Milliseconds for a call with all its tries; 10,000 unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** Further tries where the server is busy or cannot be reached; 2 unless told otherwise. */
  readonly retries?: number | undefined;
  /** In place of the one that is there. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** How one call is made. */
export interface ClientCall {
  /** Ends the call: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How a question is asked. */
export interface AskCall extends ClientCall {
  /** A `sequence` that `events` answered: the answer knows of those events. */
  readonly after?: number | undefined;
}

/** What is looked for. */
export interface SearchFor {
  /** Part of an id or of a text among the fields, in any case. */
  readonly search?: string | undefined;
  /** How many at most. */
  readonly limit?: number | undefined;
}

/** What is looked for among items, or which of them are wanted. */
export interface ItemsFor extends SearchFor {
  /** These and no others, as far as they are known; 100 at most. */
  readonly id?: readonly string[] | undefined;
}

/** A server to ask and to tell. Calls reject with a `ClientError` that has a `code`; one that the server refuses for now is tried again. */
export interface ServerClient {
  /** Click probabilities of the items of each list, in the order that was given. */
  score(body: ScoreBody, call?: AskCall): Promise<ScoreAnswer>;
  /** The same items, best first. */
  rank(body: ScoreBody, call?: AskCall): Promise<ScoreAnswer>;
  /** Composes lists out of candidates. */
  generate(body: GenerateBody, call?: AskCall): Promise<GenerateAnswer>;
  /** What the items of a list do to each other. */
  explain(body: ExplainBody, call?: AskCall): Promise<ExplainAnswer>;
  /** A list as it might be: each item in this company and alone, and what they do to each other. */
  whatIf(body: WhatIfBody, call?: AskCall): Promise<WhatIfAnswer>;
  /** Items that are known. */
  items(query?: ItemsFor, call?: ClientCall): Promise<ItemsAnswer>;
  /** Users that are known; for a key of admin. */
  users(query?: SearchFor, call?: ClientCall): Promise<UsersAnswer>;
  /** Tells what happened. Those that were rejected stand in the answer; give events an `id`, and one that is sent again is taken once. */
  events(body: EventsBody, call?: ClientCall): Promise<EventsAnswer>;
  /** The models that there are, and which one answers where a request names none. */
  models(call?: ClientCall): Promise<ModelsAnswer>;
  /** Lets another model answer. */
  activate(name: string, call?: ClientCall): Promise<ModelAnswer>;
  /** Forgets a person everywhere. */
  eraseUser(id: string, call?: ClientCall): Promise<ErasedAnswer>;
  /** Whether lists can be answered and events taken; also where the server says that it is not ready. */
  ready(call?: ClientCall): Promise<ReadyAnswer>;
  /** Lists that the page of lists begins with. */
  start(call?: ClientCall): Promise<StartAnswer>;
  /** How the server and its lists are; for a key of admin, as are the next three. */
  dashboard(call?: ClientCall): Promise<DashboardAnswer>;
  /** The lists that were answered last, the latest first. */
  recentLists(limit?: number, call?: ClientCall): Promise<RecentListsAnswer>;
  /** The reports that there are. */
  reports(call?: ClientCall): Promise<ReportsAnswer>;
  /** The page of a report, as text. */
  report(name: string, call?: ClientCall): Promise<string>;
}

/** A client of the server at this address. */
export function createClient(options: ClientOptions): ServerClient {
  const base = options.url.replace(/\/+$/, '');
  const send = (method: string, path: string, body: unknown, call: AskCall = {}): Promise<Response> =>
    sendRetrying({
      url: `${base}${path}${queryOf({ after: call.after })}`,
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: call.signal,
      timeoutMs: options.timeoutMs ?? 10_000,
      retries: options.retries ?? 2,
      fetch: options.fetch ?? globalThis.fetch,
    });
  async function ask<T>(method: string, path: string, body?: unknown, call?: AskCall): Promise<T> {
    const response = await send(method, path, body, call);
    if (response.ok) return (await response.json()) as T;
    throw await faultIn(response);
  }
  return {
    score: (body, call) => ask('POST', '/v1/score', body, call),
    rank: (body, call) => ask('POST', '/v1/rank', body, call),
    generate: (body, call) => ask('POST', '/v1/generate', body, call),
    explain: (body, call) => ask('POST', '/v1/explain', body, call),
    whatIf: (body, call) => ask('POST', '/v1/what-if', body, call),
    items: (query, call) => ask('GET', `/v1/items${queryOf({ ...query })}`, undefined, call),
    users: (query, call) => ask('GET', `/v1/users${queryOf({ ...query })}`, undefined, call),
    events: (body, call) => ask('POST', '/v1/events', body, call),
    models: (call) => ask('GET', '/v1/models', undefined, call),
    activate: (name, call) => ask('POST', `/v1/models/${encodeURIComponent(name)}/activate`, undefined, call),
    eraseUser: (id, call) => ask('DELETE', `/v1/users/${encodeURIComponent(id)}`, undefined, call),
    async ready(call) {
      const response = await send('GET', '/health/ready', undefined, call);
      if (response.ok || response.status === 503) return (await response.json()) as ReadyAnswer;
      throw await faultIn(response);
    },
    start: (call) => ask('GET', '/v1/start', undefined, call),
    dashboard: (call) => ask('GET', '/v1/dashboard', undefined, call),
    recentLists: (limit, call) => ask('GET', `/v1/lists${queryOf({ limit })}`, undefined, call),
    reports: (call) => ask('GET', '/v1/reports', undefined, call),
    async report(name, call) {
      const response = await send('GET', `/v1/report${queryOf({ name })}`, undefined, call);
      if (response.ok) return response.text();
      throw await faultIn(response);
    },
  };
}

/** What is undefined is left out. */
function queryOf(query: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each) => `${name}=${encodeURIComponent(each)}`),
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** What stands between may answer in other words than the server. */
async function faultIn(response: Response): Promise<ClientError> {
  const { status } = response;
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const told: unknown = await response.json().catch(() => undefined);
  const { code, message } = (told ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && typeof message === 'string'
    ? new ClientError(message, { code, status, requestId })
    : new ClientError(
        `${response.url}: expected an answer of a Slatewise server, found the status ${status} of something else; check the address`,
        { code: 'other-server', status, requestId },
      );
}
