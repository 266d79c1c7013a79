import type { EncodedItems } from '../../encoding/columns/encoded-slates.ts';
import { startWorker } from '../../runtime/start-worker.ts';
import { InputError } from '../../slate/input-error.ts';
import type { AsideOrder, EncodedChunk, FromThread, PackedUsers, ToldChunk, ToThread } from './messages.ts';

/** A thread that encodes the lists of its users. */
export interface UsersThread {
  encode(chunk: ToldChunk): Promise<EncodedChunk>;
  end(clock: number, met: Int32Array): Promise<EncodedItems>;
  /** The next of its users, packed, in the order in which they came; holds until the next call. */
  nextUser(): Promise<Uint8Array>;
  stop(): Promise<void>;
}

type AnswerTo<K extends FromThread['kind']> = Extract<FromThread, { readonly kind: K }>;

interface Waiting {
  resolve(message: FromThread): void;
  reject(error: Error): void;
}

export function startUsersThread(order: AsideOrder): UsersThread {
  const thread = startWorker('./users-thread', import.meta.url);
  /** It answers in the order in which it was asked. */
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  let piece: PackedUsers = { lengths: new Int32Array(0), bytes: new Uint8Array(0) };
  let [user, at] = [0, 0];

  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  thread.on('message', (message: FromThread) => {
    if (message.kind !== 'failed') waiting.shift()?.resolve(message);
    else fail(message.code ? new InputError(message.message, message.code) : new Error(message.message));
  });
  thread.on('error', fail);
  thread.on('messageerror', fail);
  thread.on('exit', (code) =>
    fail(new Error(`a thread of the replay ended by itself (exit code ${code}), perhaps for want of memory`)),
  );
  tell({ kind: 'begin', order });

  function tell(message: ToThread): void {
    thread.postMessage(message);
  }

  function ask<K extends FromThread['kind']>(message: ToThread, _kind: K): Promise<AnswerTo<K>> {
    if (failure) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      waiting.push({ resolve: (answer) => resolve(answer as AnswerTo<K>), reject });
      tell(message);
    });
  }

  return {
    encode: async (chunk) => (await ask({ kind: 'chunk', chunk }, 'chunk')).chunk,
    end: async (clock, met) => (await ask({ kind: 'end', clock, met }, 'end')).items,
    async nextUser() {
      if (user === piece.lengths.length) {
        piece = (await ask({ kind: 'users' }, 'users')).users;
        [user, at] = [0, 0];
        if (piece.lengths.length === 0) throw new RangeError('expected another user of a thread, found none');
      }
      const bytes = piece.bytes.subarray(at, at + piece.lengths[user]);
      at += piece.lengths[user++];
      return bytes;
    },
    async stop() {
      await thread.terminate();
    },
  };
}
