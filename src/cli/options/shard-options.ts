import { InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../exit-codes.ts';
import { type Shard, shardNamed } from '../shards.ts';

export const shardOption = (): Option =>
  new Option(
    '--shard <i/n>',
    'answer one of n shares of the requests, such as 2/8, for several processes or machines: files of a folder (.jsonl, .jsonl.gz, .parquet; partitions too), or every n-th request of a file; needs --out',
  ).argParser((text) => {
    const shard = shardNamed(text);
    if (shard) return shard;
    throw new InvalidArgumentError(`Expected i/n with i from 1 to n, such as 2/8, found "${text}".`);
  });

export const shardFolderOption = (): Option =>
  new Option(
    '--out <folder>',
    'with --shard: where part-<i>-of-<n>.jsonl is written; it appears when it is whole, and replaces the one before',
  );

/** Throws `UsageError` where one of the two is given without the other. */
export function checkShard(verb: string, { shard, out }: { readonly shard?: Shard; readonly out?: string }): void {
  if ((shard === undefined) === (out === undefined)) return;
  const [given, missing] = shard === undefined ? ['--out', '--shard <i/n>'] : ['--shard', '--out <folder>'];
  throw new UsageError(`${verb}: expected ${missing} beside ${given}, found none; give both, or none of them`);
}
