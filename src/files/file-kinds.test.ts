import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { firstLine, headOf, PICTURE, REPORT_JSON, REPORT_MARK, TUNED_CONFIG, TUNED_MARK } from './file-kinds.ts';

it('reads the head of a file, gzipped or not, whole or cut off', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'head-')), 'file');
  const text = `{"event": "item"}\n${'{"event": "ranking"}\n'.repeat(50_000)}`;
  const zipped = gzipSync(text);
  for (const bytes of [text, zipped, zipped.subarray(0, 200)]) {
    await writeFile(path, bytes);
    expect(firstLine(await headOf(path))).toEqual({ event: 'item' });
  }
  await writeFile(path, Buffer.from([0x1f, 0x8b, 1, 2, 3]));
  expect(await headOf(path)).toBe('');
  await writeFile(path, '');
  expect(firstLine(await headOf(path))).toEqual({});
});

it('knows a kind by its mark where it belongs, not anywhere', () => {
  expect(REPORT_JSON.isOurs(JSON.stringify({ ...REPORT_MARK, protocol: {} }, null, 1))).toBe(true);
  expect(REPORT_JSON.isOurs('{"my": {"slatewise": "report"}}')).toBe(false);
  expect(TUNED_CONFIG.isOurs(JSON.stringify({ ...TUNED_MARK, split: {} }, null, 2))).toBe(true);
  expect(TUNED_CONFIG.isOurs('{"recipes": {}}')).toBe(false);
  expect(PICTURE.isOurs('<svg role="img"><text>data-slatewise="picture"</text></svg>')).toBe(false);
  expect(firstLine('[1]\n')).toEqual(expect.anything());
  expect(firstLine('no json')).toEqual({});
});
