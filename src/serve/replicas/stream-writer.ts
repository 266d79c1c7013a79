/** Sends what is appended to the stream, group after group. Whoever appended is told when it comes back. */
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import type { AppendGroup, AppendQueue } from './append-queue.ts';
import { APPEND, RELEASE } from './append-script.ts';
import { RedisRefusal } from './redis-connection.ts';
import type { SharedStream } from './shared-stream.ts';

export interface StreamWriter {
  /** Why what was sent last is not written; undefined where it is. */
  fault: string | undefined;
  /** Sends what waits, if nobody does yet. */
  flush(): void;
  /** The entry of this key counts for nothing: Redis is to know it no more. */
  release(key: string, sequence: number): void;
  /** Nobody knows what became of what is under way. */
  fail(error: unknown): void;
  /** Whether Redis takes entries again: it is asked with none. */
  tryAgain(): Promise<boolean>;
  /** Returns once nothing is being sent. */
  idle(): Promise<void>;
}

export interface StreamWriterOptions {
  readonly stream: SharedStream;
  readonly queue: AppendQueue;
  /** Of the last entry that was told. */
  readonly sequence: () => number;
  /** Entries up to this one are in the stream. */
  readonly appended: (sequence: number) => void;
  readonly now: (() => number) | undefined;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function createStreamWriter({ stream, queue, sequence, appended, now }: StreamWriterOptions): StreamWriter {
  const { keys } = stream;
  let sending: Promise<void> | undefined;
  let isSending = false;
  const releasing: string[] = [];

  async function send(): Promise<void> {
    for (;;) {
      const group = queue.next();
      if (group) await sendGroup(group);
      else if (releasing.length > 0) await sendReleased(releasing.splice(0));
      else break;
    }
    // At once: whoever comes after it sends.
    isSending = false;
  }

  async function sendGroup(group: AppendGroup): Promise<void> {
    try {
      const results = await append(group);
      appended(Math.max(...results));
      writer.fault = undefined;
      queue.placed(group, results, sequence());
    } catch (error) {
      refused(error);
    }
  }

  /** Where it fails, this process remembers them still. */
  const sendReleased = (released: readonly string[]): Promise<unknown> =>
    stream.run(RELEASE, [keys.seen, keys.seenBefore], released).catch(() => undefined);

  const append = (group: Pick<AppendGroup, 'mark' | 'given'>): Promise<readonly number[]> =>
    stream.run(
      APPEND,
      [keys.stream, keys.state, keys.seen, keys.seenBefore],
      [stream.begun.journal, String(sequence()), group.mark, now === undefined ? '' : String(now()), ...group.given],
    );

  /** What was sent with it is not written; where Redis fell silent, nobody knows. */
  function refused(error: unknown): void {
    writer.fail(error);
    if (!(error instanceof RedisRefusal) || /^(OTHERJOURNAL|LOSTENTRIES)/.test(textOf(error))) stream.disconnect();
  }

  const writer: StreamWriter = {
    fault: undefined,
    flush() {
      if (isSending) return;
      isSending = true;
      sending = send();
    },
    release(key, of) {
      releasing.push(key, String(of));
      if (stream.isConnected) writer.flush();
    },
    fail(error) {
      writer.fault = textOf(error);
      queue.fail(new JournalUnavailable(writer.fault, { cause: error }));
    },
    async tryAgain() {
      if (writer.fault === undefined || !stream.isConnected) return writer.fault === undefined;
      try {
        await append({ mark: '', given: [] });
        writer.fault = undefined;
        return true;
      } catch (error) {
        refused(error);
        return false;
      }
    },
    idle: async () => sending,
  };
  return writer;
}
