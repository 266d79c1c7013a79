/** Answers that must know of an event. */
import type { Host } from '../host.ts';
import { HttpFault } from '../wire/http-fault.ts';

/** Waits for the event of this sequence, no longer than so many milliseconds. Throws `HttpFault` where it is not known by then. */
export async function waitFor(host: Host, sequence: number | undefined, milliseconds: number): Promise<void> {
  if (sequence === undefined || sequence <= host.sequence) return;
  if (await host.reached(sequence, milliseconds)) return;
  throw new HttpFault(
    'sequence-not-reached',
    `after: expected the event ${sequence} within ${milliseconds} ms, found ${host.sequence} as the latest; ask again, or without it`,
  );
}
