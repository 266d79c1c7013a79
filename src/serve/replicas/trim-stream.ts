import { TRIM } from './keeping-scripts.ts';
import type { SharedStream } from './shared-stream.ts';

export interface Trimming {
  readonly replica: string;
  /** This replica asks for no entry up to this sequence again. */
  readonly needed: number;
  /** All entries after it are too young to go. */
  readonly young: number;
  readonly warn: (message: string) => void;
}

const DAY = 24 * 60 * 60_000;

/** Tells the others what this replica needs no more, and removes what none of them needs. */
export async function trimStream(stream: SharedStream, { replica, needed, young, warn }: Trimming): Promise<void> {
  const { keys, shown } = stream;
  const [, , who, heard] = await stream.using((connection) =>
    connection.run<readonly [upTo: number, gone: number, who: string, heard: string]>(
      TRIM,
      [keys.stream, keys.replicas, keys.lock],
      [replica, String(needed), String(Date.now()), String(young)],
    ),
  );
  const days = Math.floor((Date.now() - Number(heard)) / DAY);
  if (who === replica || days < 1) return;
  warn(
    `${shown}: replica ${who} was not heard for ${days} days, and all entries stay that it may need; start it, or forget it: redis-cli HDEL ${keys.replicas} ${who}`,
  );
}
