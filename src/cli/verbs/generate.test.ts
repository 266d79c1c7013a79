import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import { encodedMarket } from '../../../test/encoded-market.ts';
import { toyConfig } from '../../../test/pointer-toy.ts';
import { savePointer } from '../../generate/pointer/pointer-folder.ts';
import { createPointerModel } from '../../models/pointer.ts';
import { createRng } from '../../random/rng.ts';
import { saveModel } from '../../scoring/model-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate-'));
  const { scorer, encoded } = await encodedMarket(60);
  await saveModel(join(folder, 'model'), scorer);
  const model = createPointerModel(createRng(4), { config: toyConfig().model, spec: encoded.spec });
  const card = { ...scorer.card, recipe: 'exact-k-pointer', objective: 'any', size: 3, candidates: 8 };
  await savePointer(join(folder, 'pointer'), { model, scorer, card });
  const items = Array.from({ length: 6 }, (_, n) => ({ id: `i${n + 1}` }));
  const request = { event: 'ranking', id: 'a', timestamp: scorer.memory.clock + 1, user: 'u1', items };
  await writeFile(join(folder, 'requests.jsonl'), `${JSON.stringify(request)}\n`);
});

const generate = (rest: string): ReturnType<typeof ended> =>
  ended(`generate ${folder}/model ${folder}/requests.jsonl --size 2 --workers 1 --json ${rest}`);

it('warns where the pointer learned another objective, and says so in the reply', async () => {
  const pointer = `--generator pointer --pointer ${folder}/pointer`;
  const other = await generate(`${pointer} --objective clicks`);
  expect(other.code, other.said).toBe(0);
  expect(other.said).toMatch(/^warning: --generator pointer: it learned to maximise any, .* --objective clicks/);
  expect(other.said.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(other.printed)).toMatchObject({ objective: 'clicks', learnedObjective: 'any' });
  const diverse = await generate(`${pointer} --objective any --diversity 0.5`);
  expect(diverse.said).toMatch(/^warning: --generator pointer: it learned nothing of --diversity; [^\n]*\n$/);
  for (const fine of [`${pointer} --objective any`, '--generator top --objective clicks --diversity 0.5']) {
    const { code, said, printed } = await generate(fine);
    expect([code, said]).toEqual([0, '']);
    expect(JSON.parse(printed)).not.toHaveProperty('learnedObjective');
  }
});
