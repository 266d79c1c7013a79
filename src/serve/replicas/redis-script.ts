import { createHash } from 'node:crypto';

/** What runs in Redis at once, with nothing between. */
export interface RedisScript {
  readonly text: string;
  /** By which Redis knows it once it was sent. */
  readonly sha: string;
}

export const defineScript = (text: string): RedisScript => ({
  text,
  sha: createHash('sha1').update(text).digest('hex'),
});
