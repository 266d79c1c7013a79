import type { Memory } from '../../memory/memory.ts';
import { checkRequest } from '../../slate/check-request.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';

/** Throws `InputError` where `encode` is given no requests, or no memory. */
export function checkAsked(requests: readonly RankingEvent[], memory: Pick<Memory, 'asOf'>): void {
  if (!Array.isArray(requests))
    throw new InputError(
      'encode: expected a list of requests, found something else; give [request]',
      'invalid-request',
    );
  if (typeof memory?.asOf !== 'function')
    throw new InputError(
      'encode: expected a memory beside the requests, found none; make one with createMemory',
      'invalid-option',
    );
  for (const request of requests) checkRequest(request);
}
