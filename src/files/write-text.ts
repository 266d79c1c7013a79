import { writeFile } from 'node:fs/promises';

/** Writes a whole file. Rejects with the system's error, which names the file: the system itself names one that it cannot open, not one that it cannot write. */
export async function writeText(path: string, text: string | Uint8Array): Promise<void> {
  await writeFile(path, text).catch((error: NodeJS.ErrnoException) => {
    error.path ??= path;
    throw error;
  });
}
