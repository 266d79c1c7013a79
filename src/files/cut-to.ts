import { readFile, truncate } from 'node:fs/promises';
import { writeText } from './write-text.ts';

/** Leaves a file with these bytes. One that begins with them is cut there and not written anew: a program that follows it as it grows goes on. */
export async function cutTo(path: string, bytes: Uint8Array): Promise<void> {
  const found = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.subarray(0, bytes.length).equals(bytes)) return truncate(path, bytes.length);
  await writeText(path, bytes);
}
