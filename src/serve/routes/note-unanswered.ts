/** Who got no answer, in an experiment: the journal keeps that too. */
import type { AnsweredList } from '../../slate/answered-list.ts';
import { InputError } from '../../slate/input-error.ts';
import type { AskedList } from '../client/body-types.ts';
import { type PartOf, partsOfCall, withIds } from '../experiments/parts.ts';
import { isRefusal, type RefusedCall } from '../experiments/refused-calls.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { answerHeadOf } from './note-answers.ts';
import type { Serving } from './route.ts';

export interface UnansweredCall extends Pick<AnsweredList, 'asked' | 'model'> {
  readonly partOf: PartOf;
  /** In milliseconds of `performance.now()`. */
  readonly arrivedAt: number;
  /** Aborted once the client has gone. */
  readonly signal: AbortSignal;
}

/**
 * Notes lists of experiments that nobody waited for, or that came to an error, and counts those for which there was no room: a variant that makes people leave, or that often has no answer, must not look better for it. A call fails
 * as a whole, with all its lists.
 */
export function noteUnanswered(
  requests: readonly (AskedList & { readonly id: string })[],
  error: unknown,
  { asked, model, partOf, arrivedAt, signal }: UnansweredCall,
  { host, refused }: Pick<Serving, 'host' | 'refused'>,
): void {
  const why = signal.aborted ? ({ cancelled: true } as const) : { failed: codeOf(error) };
  const { failed: code = '' } = why;
  if (BEFORE_A_VARIANT.has(code)) return;
  if (isRefusal(code)) {
    refused.count({ requests, asked, model, code, partOf });
    return;
  }
  const took = performance.now() - arrivedAt;
  const noted = requests.flatMap((request): readonly AnsweredList[] => {
    const part = partOf(request);
    if (!part || request.items.length === 0) return [];
    const head = readableHead(request, { model: part.model ?? model, took }, host.now());
    if (!head) return [];
    return [{ ...head, asked, experiments: part.experiments, ...why, candidates: [], items: [] }];
  });
  if (noted.length > 0) host.note(noted);
}

/** Counts a call that is sent away before anything is done for it. */
export function countRefused(
  body: Parameters<typeof partsOfCall>[0] & { readonly requests: readonly AskedList[] },
  { asked, code }: Pick<RefusedCall, 'asked' | 'code'>,
  { host, refused }: Pick<Serving, 'host' | 'refused'>,
): void {
  const requests = withIds(body).requests as RefusedCall['requests'];
  refused.count({ requests, asked, code, model: host.active, partOf: partsOfCall(body, host.experiments) });
}

/** Undefined where the request itself was at fault. */
function readableHead(...about: Parameters<typeof answerHeadOf>): ReturnType<typeof answerHeadOf> | undefined {
  try {
    return answerHeadOf(...about);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof HttpFault || error instanceof InputError ? error.code : 'internal';

/** What fails so fails with every variant: it is how the call was made. */
const BEFORE_A_VARIANT: ReadonlySet<string> = new Set(['too-large', 'sequence-not-reached', 'invalid-request']);
