/** Calls that a full queue sends away, by user and variant: noted together, so that a flood of them does not flood the journal. */
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { AskedList } from '../client/body-types.ts';
import type { Host } from '../host.ts';
import type { PartOf } from './parts.ts';

export interface RefusedCall {
  readonly requests: readonly (AskedList & { readonly id: string })[];
  readonly asked: AnsweredList['asked'];
  /** The model that answers where a variant names none. */
  readonly model: string;
  /** Of the error. */
  readonly code: string;
  readonly partOf: PartOf;
}

export interface RefusedCalls {
  /** Whether a call that is sent away is to be read first, to learn whose it is: only in experiments, only short ones, and so many a second. The others are sent away unread. */
  wantsToRead(bytes: number): boolean;
  count(call: RefusedCall): void;
  /** Notes what was counted. */
  close(): void;
}

/** Bytes of a call that is read. */
const SHORT = 64 * 1024;
/** Calls that are read in a second: reading them must not be what keeps others waiting. */
const READ_A_SECOND = 100;
/** Milliseconds that are noted together. */
const TOGETHER = 10_000;
/** Users that are noted together. */
const MOST = 1000;

/** Whether an error of this code says that there was no room. */
export const isRefusal = (code: string): boolean => code === 'overloaded' || code === 'too-many-at-once';

export function createRefusedCalls(host: Pick<Host, 'note' | 'now' | 'experiments'>): RefusedCalls {
  const counted = new Map<string, { readonly first: AnsweredList; times: number }>();
  let read = { second: 0, calls: 0 };
  let timer: NodeJS.Timeout | undefined;

  function note(): void {
    clearTimeout(timer);
    timer = undefined;
    const answers = Array.from(counted.values(), ({ first, times }) => ({ ...first, times }));
    counted.clear();
    if (answers.length > 0) host.note(answers);
  }

  return {
    wantsToRead(bytes) {
      if (host.experiments.length === 0 || !(bytes <= SHORT)) return false;
      const second = Math.floor(performance.now() / 1000);
      if (second !== read.second) read = { second, calls: 0 };
      return ++read.calls <= READ_A_SECOND;
    },
    count({ requests, asked, model, code, partOf }) {
      for (const request of requests) {
        const part = partOf(request);
        if (!part || request.items.length === 0) continue;
        const user = String(request.user ?? '');
        const { experiments } = part;
        const key = JSON.stringify([user, user === '' ? request.id : '', asked, code, experiments]);
        const known = counted.get(key);
        if (known) known.times++;
        else if (counted.size < MOST) {
          const head = { id: request.id, time: host.now(), user, fields: {}, took: 0, candidates: [], items: [] };
          const first: AnsweredList = { ...head, asked, model: part.model ?? model, experiments, failed: code };
          counted.set(key, { first, times: 1 });
        }
      }
      if (counted.size > 0) timer ??= setTimeout(note, TOGETHER).unref();
    },
    close: note,
  };
}
