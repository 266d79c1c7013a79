import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { integerVector } from './arrow-columns.ts';
import { createArrowFileWriter, readArrowFile } from './arrow-file.ts';

/** A disk that is always full, where the system has one. */
const FULL = '/dev/full';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arrow-'));
});

async function write(path: string, { batches, rows }: { batches: number; rows: number }): Promise<void> {
  const writer = await createArrowFileWriter(path);
  for (let batch = 0; batch < batches; batch++)
    await writer.write({ at: integerVector(Array.from({ length: rows }, (_, row) => rows * batch + row)) });
  await writer.close();
}

describe('an Arrow file', () => {
  it('holds what was written, batch by batch', async () => {
    const path = join(folder, 'rows.arrow');
    await write(path, { batches: 20, rows: 10_000 });
    const rows: unknown[] = [];
    for await (const batch of readArrowFile(path)) rows.push(...(batch.getChild('at') ?? []));
    expect(rows).toEqual(Array.from({ length: 200_000 }, (_, row) => row));
  });

  it('that cannot be opened is refused with what the system says', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [path, code] of [
      [join(folder, 'none', 'rows.arrow'), 'ENOENT'],
      [join(file, 'rows.arrow'), 'ENOTDIR'],
      [folder, 'EISDIR'],
    ])
      await expect(createArrowFileWriter(path)).rejects.toMatchObject({ code, path });
  });

  // Few rows wait for nothing but the end, many for the disk.
  it.skipIf(!existsSync(FULL)).each([1, 100_000])('on a full disk rejects, with batches of %i rows', async (rows) => {
    await expect(write(FULL, { batches: 3, rows })).rejects.toMatchObject({ code: 'ENOSPC', path: FULL });
  });

  it.skipIf(!existsSync(FULL))('that failed while nobody waited rejects at the next step, and at the end', async () => {
    const writer = await createArrowFileWriter(FULL);
    const row = { at: integerVector([1]) };
    await writer.write(row);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(writer.write(row)).rejects.toMatchObject({ code: 'ENOSPC', path: FULL });
    await expect(writer.close()).rejects.toMatchObject({ code: 'ENOSPC', path: FULL });
  });
});
