import { mkdtemp, readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIdTable } from '../../sources/blocks/seen-ids.ts';
import { type MetadataRow, writeMetadata, writeVocabulary } from './write-dataset.ts';

/** Files of a folder that this process holds open, as Linux tells it. */
async function openIn(folder: string): Promise<readonly string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}

async function* failing(rows: number): AsyncGenerator<MetadataRow> {
  for (let line = 0; line < rows; line++) yield { time: line, line, id: `i${line}`, fields: {} };
  throw new Error('stopped by the test');
}

// Rows for no batch, and for more than one.
it.skipIf(process.platform !== 'linux').each([10, 10_000])(
  'closes the file where the rows end in an error after %i of them',
  async (rows) => {
    const folder = await mkdtemp(join(tmpdir(), 'write-dataset-'));
    const path = join(folder, 'items.arrow');
    const writing = writeMetadata(path, failing(rows), {
      ...{ statistics: [], keepsLines: false, scope: 'item', ids: createIdTable() },
    });
    await expect(writing).rejects.toThrow('stopped by the test');
    expect(await openIn(folder)).toEqual([]);
  },
);

it.skipIf(process.platform !== 'linux')('closes a vocabulary that cannot be written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-dataset-'));
  const broken = { indexOf: () => 0, ids: [Symbol('no text') as never] };
  await expect(writeVocabulary(join(folder, 'items-vocabulary.arrow'), broken)).rejects.toThrow(TypeError);
  expect(await openIn(folder)).toEqual([]);
});
