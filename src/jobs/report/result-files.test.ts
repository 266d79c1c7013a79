import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resultsOf } from './result-files.ts';

const worth = { slatewise: 'worth', verdict: 'no', clicks: {}, logLoss: {}, seeds: 3 };

it('are read from the folder, and from files and folders that are named, which go before', async () => {
  const [own, other] = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'results-'))));
  expect(await resultsOf(own, [])).toEqual({});
  await writeFile(join(own, 'worth.json'), JSON.stringify(worth));
  await writeFile(join(own, 'effects.json'), '{"slatewise": "effects"');
  expect(await resultsOf(own, [])).toEqual({ worth });
  await writeFile(join(other, 'mine.json'), JSON.stringify({ ...worth, seeds: 5 }));
  expect((await resultsOf(own, [join(other, 'mine.json')])).worth?.seeds).toBe(5);
  await writeFile(join(other, 'effects.json'), JSON.stringify({ slatewise: 'effects', families: [] }));
  expect(Object.keys(await resultsOf(own, [other]))).toEqual(['worth', 'effects']);
  const diagnosis = { slatewise: 'diagnose', causes: [], data: {}, bias: {}, task: { signal: { z: null } } };
  await writeFile(join(other, 'diagnosis.json'), JSON.stringify(diagnosis));
  expect((await resultsOf(own, [other])).diagnosis?.task.signal.z).toBeNaN();
});

it('that are named must be there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'results-'));
  await expect(resultsOf(folder, [join(folder, 'gone.json')])).rejects.toThrow(
    /gone\.json: expected what worth, effects, diagnose found, found none; name its JSON file/,
  );
});
