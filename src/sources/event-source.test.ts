import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOddNames } from '../slate/odd-names.ts';
import { parseEvent } from '../slate/parse-event.ts';
import type { EventSource, SourceRecord } from './event-source.ts';
import { inMemorySource } from './in-memory.ts';
import { jsonLinesSource } from './json-lines/event-log.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
});

/** What every source must make of these, in this order. */
const given: readonly unknown[] = [
  {
    event: 'item',
    item: 'a',
    timestamp: 1,
    fields: [
      { name: '__proto__', value: 'x' },
      { name: 'title', value: 'two\u2028lines' },
    ],
  },
  { event: 'user', user: 'u', timestamp: '2022-06-22T11:21:39', fields: [{ name: 'age', value: null }] },
  { event: 'ranking', id: 'r', timestamp: 3, user: 'u', items: [{ id: 'a', relevancy: 2, position: 4 }], feilds: [1] },
  { event: 'ranking', id: 'r2', timestamp: 3, items: [] },
  { event: 'interaction', timestamp: 4, user: 'u', item: 'a', type: 'click' },
  { event: 'item', item: 2 ** 60, timestamp: 1 },
  [],
];

const sources: readonly (readonly [string, (events: readonly unknown[]) => Promise<EventSource>])[] = [
  ['JSON lines', (events) => fileOf('log.jsonl', Buffer.from(linesOf(events)))],
  ['gzipped JSON lines', (events) => fileOf('log.jsonl.gz', gzipSync(linesOf(events)))],
  ['a list in memory', async (events) => inMemorySource(events)],
  ['a stream in memory', async (events) => inMemorySource(streamOf(events))],
];
const linesOf = (events: readonly unknown[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
async function* streamOf(events: readonly unknown[]): AsyncGenerator<unknown> {
  yield* events;
}
async function fileOf(name: string, content: Uint8Array): Promise<EventSource> {
  await writeFile(join(folder, name), content);
  return jsonLinesSource(join(folder, name));
}
async function read(source: EventSource, options = {}): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of source.records(options)) records.push(record);
  return records;
}

describe.each(sources)('%s', (_, sourceOf) => {
  it('gives every event or the reason why there is none, numbered from 1, with its text', async () => {
    const records = await read(await sourceOf(given));
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(records.map(({ raw }) => JSON.parse(raw))).toEqual(JSON.parse(JSON.stringify(given)));
    expect(records.map((record) => ('event' in record ? record.event.event : record.reason))).toEqual([
      ...['item', 'user', 'ranking', 'empty-slate', 'interaction', 'bad-value', 'unknown-event'],
    ]);
    const events = records.flatMap((record) => ('event' in record ? [record.event] : []));
    expect(events).toEqual([0, 1, 2, 4].map((at) => parseEvent(given[at])));
  });

  it('counts positions from where it is told, and tells of keys that nothing reads', async () => {
    const odd = createOddNames();
    const records = await read(await sourceOf(given), { firstPosition: 1, odd });
    expect(records[2]).toMatchObject({ event: { items: [{ position: 3 }] } });
    expect(odd.notes()).toEqual(['"feilds" in 1 ranking event is not read; did you mean "fields"?']);
  });
});

it('a source in memory takes parsed events too, positions from 0, and judges them as any other', async () => {
  const events = [0, 1, 2, 4].map((at) => parseEvent(given[at]));
  const records = await read(inMemorySource(events), { firstPosition: 1 });
  expect(records.map((record) => 'event' in record && record.event)).toEqual(events);
  const broken = { event: 'item', item: '', time: 1, fields: {} };
  const endless = { event: 'item', item: 'a', time: 1, fields: { price: Number.NaN } };
  expect(await read(inMemorySource([broken, endless, 12n]))).toMatchObject([
    { reason: 'missing-field' },
    { reason: 'bad-value' },
    { reason: 'unknown-event', raw: '"12"' },
  ]);
});
