/**
 * What the checks of an exported model need: a log, a model of it, the model exported before and after further days, and what this program
 * says of later requests.
 *
 *     npx tsx bench/peers/export-market.ts /tmp/market --lists 20000 --requests 10000
 *
 * The model's values are random: that Python and Spark say the same does not depend on what it learned, and how fast they are not either.
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openDataset } from '../../src/datasets/folder/dataset.ts';
import { importLog } from '../../src/datasets/import/import-log.ts';
import { encodeDataset } from '../../src/datasets/walk/encode-dataset.ts';
import { exportModel } from '../../src/export/export-model.ts';
import { writeParquet } from '../../src/export/parquet.ts';
import { makeFolder } from '../../src/files/make-folder.ts';
import { generatorNamed } from '../../src/generate/generators.ts';
import { createSlateGenerator } from '../../src/generate/request/slate-generator.ts';
import { resolveRecipe, settingsDefaults } from '../../src/jobs/settings.ts';
import { type StoredModel, saveModel } from '../../src/scoring/model-folder.ts';
import { createSlateScorer } from '../../src/scoring/slate-scorer.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { simulationDefaults } from '../../src/simulator/simulation-options.ts';
import { writeSimulation } from '../../src/simulator/write-simulation.ts';
import { eventToJson } from '../../src/slate/event-to-json.ts';
import type { InteractionEvent, LogEvent, RankingEvent } from '../../src/slate/events.ts';
import { parseEvent } from '../../src/slate/parse-event.ts';
import { randomStoredModel } from '../../test/random-model.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lists: { type: 'string', default: '20000' },
    requests: { type: 'string', default: '10000' },
    recipe: { type: 'string', default: 'attention-listnet' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new RangeError('expected a folder to write, found none; name one');
const at = (name: string): string => join(folder, name);
await makeFolder(folder);

// The first half is what the model knows, the second what comes later.
const [known, asked] = [Number(options.lists), Number(options.requests)];
await writeSimulation(simulate({ ...simulationDefaults, impressions: known + asked, seed: 5 }), {
  log: at('all.jsonl'),
});
const events: LogEvent[] = [];
for await (const line of createInterface({ input: createReadStream(at('all.jsonl')) })) {
  const event = parseEvent(JSON.parse(line));
  if (event) events.push(event);
}
const lists = events.filter((event): event is RankingEvent => event.event === 'ranking');
const split = (lists[known] as RankingEvent).time;
const earlier = events.filter(({ time }) => time < split);
const later = events.filter(({ time }) => time >= split);
const lines = (some: readonly LogEvent[]): string =>
  some.map((event) => `${JSON.stringify(eventToJson(event))}\n`).join('');
await writeFile(at('earlier.jsonl'), lines(earlier));
await importLog(at('earlier.jsonl'), at('data'));
const { model } = resolveRecipe(options.recipe, settingsDefaults);
const encoded = await encodeDataset(await openDataset(at('data')), { ...settingsDefaults, graph: undefined });
const stored = randomStoredModel(encoded, { config: model });
// Clicks on lists of before are on the lists that the memory still waits for.
await saveModel(at('model'), stored);
await exportModel(at('before'), stored);

const requests = later.filter((event): event is RankingEvent => event.event === 'ranking');
await writeFile(at('requests.jsonl'), lines(requests));
await writeFile(at('scores.jsonl'), await scoresOf(stored, requests));
const few = requests.slice(0, 500);
for (const generator of ['top', 'rerank']) await writeFile(at(`${generator}.jsonl`), await slatesOf(generator, few));

await writeTables();
for (const event of later) {
  try {
    stored.memory.apply(event);
  } catch {
    // A click that the join refuses is refused here too.
  }
}
await exportModel(at('after'), stored);
process.stdout.write(`${folder}: ${lists.length} lists, ${requests.length} of them requests\n`);

async function scoresOf(from: StoredModel, some: readonly RankingEvent[]): Promise<string> {
  const scorer = await createSlateScorer(from);
  const text: string[] = [];
  // Processor time: how busy the machine is with other things does not count.
  const started = process.cpuUsage();
  for (let start = 0; start < some.length; start += 512)
    for (const { items, ...slate } of await scorer.score(some.slice(start, start + 512)))
      text.push(`${JSON.stringify({ ...slate, probabilities: items.map(({ probability }) => probability) })}\n`);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  await writeFile(at('node.json'), JSON.stringify({ lists: some.length, seconds }));
  await scorer.close();
  return text.join('');
}

async function slatesOf(name: string, some: readonly RankingEvent[]): Promise<string> {
  const maker = await createSlateGenerator(stored, {
    generator: generatorNamed(name),
    workers: 1,
    objective: 'clicks',
    seed: 1,
    size: 4,
  });
  const text: string[] = [];
  for (const request of some) {
    const { items } = await maker.generate(request);
    text.push(`${JSON.stringify(items)}\n`);
  }
  await maker.close();
  return text.join('');
}

/** The same log as tables, as a warehouse has them: impressions, clicks, metadata. */
async function writeTables(): Promise<void> {
  const shown = function* () {
    for (const list of lists)
      for (const [k, item] of list.items.entries()) yield { list, item, position: item.position ?? k };
  };
  await makeFolder(at('impressions'));
  await writeParquet(
    at('impressions/part.parquet'),
    [
      { name: 'list', type: 'text', value: ({ list }) => list.id },
      { name: 'user', type: 'text', value: ({ list }) => list.user },
      { name: 'time', type: 'time', value: ({ list }) => list.time },
      { name: 'item', type: 'text', value: ({ item }) => item.id },
      { name: 'position', type: 'whole', value: ({ position }) => position },
      { name: 'fields', type: 'text', value: ({ list }) => JSON.stringify(list.fields) },
      { name: 'item_fields', type: 'text', value: ({ item }) => JSON.stringify(item.fields) },
    ],
    shown(),
  );
  await makeFolder(at('clicks'));
  await writeParquet(
    at('clicks/part.parquet'),
    [
      { name: 'list', type: 'text', value: (click) => click.ranking },
      { name: 'item', type: 'text', value: (click) => click.item },
      { name: 'time', type: 'time', value: (click) => click.time },
    ],
    events.filter((event): event is InteractionEvent => event.event === 'interaction'),
  );
  const told = later.flatMap((event) => {
    if (event.event === 'item') return [{ kind: 'item', id: event.item, time: event.time, fields: event.fields }];
    return event.event === 'user' ? [{ kind: 'user', id: event.user, time: event.time, fields: event.fields }] : [];
  });
  await makeFolder(at('metadata'));
  await writeParquet(
    at('metadata/part.parquet'),
    [
      { name: 'kind', type: 'text', value: ({ kind }) => kind },
      { name: 'id', type: 'text', value: ({ id }) => id },
      { name: 'time', type: 'time', value: ({ time }) => time },
      { name: 'fields', type: 'text', value: ({ fields }) => JSON.stringify(fields) },
    ],
    told,
  );
}
