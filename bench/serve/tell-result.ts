import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitNow, resultName, type thisMachine } from '../machine.ts';

/** A run's result with where and when it was made: on standard output, and in a file where a folder is named. `machine`: as it was before the run. */
export async function tellResult(
  name: string,
  result: object,
  run: { readonly started: Date; readonly machine: ReturnType<typeof thisMachine>; readonly out: string | undefined },
): Promise<void> {
  const { started, machine, out } = run;
  const seconds = Math.round((Date.now() - started.getTime()) / 1000);
  const node = process.version;
  const told = { started: started.toISOString(), machine, node, commit: commitNow(), seconds, ...result };
  const text = `${JSON.stringify(told, null, 1)}\n`;
  process.stdout.write(text);
  if (out === undefined) return;
  await mkdir(out, { recursive: true });
  await writeFile(join(out, `${name}-${resultName(started, machine)}.json`), text);
}
