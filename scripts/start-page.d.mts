import type { ChildProcess } from 'node:child_process';

/** `slatewise page` of the build, in a process of its own; who started it ends it. */
export function startPage(
  folder: string,
  args?: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly url: string }>;
