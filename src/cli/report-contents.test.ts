import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reportContents } from './report-contents.ts';

const run = {
  ...{ slatewise: 'run', run: 'attention-bce-seed-1', recipe: 'attention-bce', seed: 1, data: 'x', state: 'finished' },
  ...{ started: '', updated: '', seconds: 1, epochs: 1, keptEpoch: 1, metrics: {} },
  ...{ process: { host: 'h', pid: 1 }, version: '0' },
};
const item = { id: 'i1', name: 'i1', probability: 0.2 };
const kept = { format: 'slatewise-slates/1', slates: [{ items: [item, item, item], influence: [] }] };
const worth = { slatewise: 'worth', verdict: 'no', clicks: {}, logLoss: {}, seeds: 3 };

it('a comparison whose own runs keep no lists shows those of the run beside a result that is named', async () => {
  const [compared, other] = await Promise.all(['a', 'b'].map((name) => mkdtemp(join(tmpdir(), `contents-${name}-`))));
  await writeFile(join(compared, 'report.json'), JSON.stringify({ format: 'slatewise-comparison/2', systems: [] }));
  await writeFile(join(other, 'worth.json'), JSON.stringify(worth));
  const folder = join(other, 'runs', 'attention-bce-seed-1');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), JSON.stringify(run));
  await writeFile(join(folder, 'slates.json'), JSON.stringify(kept));
  expect((await reportContents(compared, {})).slates).toBeUndefined();
  const contents = await reportContents(compared, { with: [other] });
  expect(contents.slates).toEqual({ slates: kept.slates, recipe: 'attention-bce', ofTest: true });
  // A file has no runs beside it.
  expect((await reportContents(compared, { with: [join(other, 'worth.json')] })).slates).toBeUndefined();
});
