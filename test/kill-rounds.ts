/** Kills a server's process again and again, and holds what it has in the end against what it has acknowledged. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Rng } from '../src/random/rng.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import type { JournalEntry } from '../src/serve/journal/entry.ts';
import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';

const CHILD = resolve(import.meta.dirname, 'serve-child.ts');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;

export interface KillRoundsOptions {
  readonly models: string;
  readonly journal: string;
  readonly rounds: number;
  readonly rng: Rng;
  readonly durability: 'disk' | 'process';
  readonly onRound?: (round: number, acknowledged: number) => void;
}

export interface KilledRounds {
  /** Events that were acknowledged, by id: their sequences. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly entries: readonly JournalEntry[];
  /** What a server answers that was started after the last kill, and one that took the same events without any. */
  readonly answers: { readonly killed: unknown; readonly unharmed: unknown };
  readonly warnings: readonly string[];
}

export async function killRounds(options: KillRoundsOptions): Promise<KilledRounds> {
  const { models, journal, rounds, onRound } = options;
  const acknowledged = new Map<string, number>();
  const warnings: string[] = [];
  for (let round = 0; round < rounds; round++) {
    await oneRound(round, options, { acknowledged, warnings });
    onRound?.(round, acknowledged.size);
  }
  const entries = await entriesIn(journal);
  const killed = await answersOf({ models, journal });
  const unharmed = await unharmedAnswers(`${journal}-unharmed`, models, entries);
  return { acknowledged, entries, answers: { killed, unharmed }, warnings };
}

async function oneRound(
  round: number,
  { models, journal, durability, rng }: KillRoundsOptions,
  told: { readonly acknowledged: Map<string, number>; readonly warnings: string[] },
): Promise<void> {
  const child = spawn(process.execPath, ['--import', TSX, CHILD, models, journal, String(round), durability]);
  const delay = rng.integer(1500);
  // Some are killed while they start.
  if (rng.next() < 0.25) setTimeout(() => child.kill('SIGKILL'), 2 * delay);
  const ended = new Promise((done) => child.on('close', done));
  createInterface(child.stderr).on('line', (line) => told.warnings.push(line));
  for await (const line of createInterface(child.stdout)) {
    const [what, id, sequence] = line.split(' ');
    if (what === 'ready') setTimeout(() => child.kill('SIGKILL'), delay);
    if (what === 'took') told.acknowledged.set(id, Number(sequence));
  }
  await ended;
}

async function entriesIn(folder: string): Promise<readonly JournalEntry[]> {
  await using store = await openFileStore(folder);
  const journal = await openJournal({ store, now: Date.now, warn: () => undefined });
  const entries: JournalEntry[] = [];
  for await (const piece of journal.entriesAfter(0)) entries.push(...piece);
  await journal.close();
  return entries;
}

const QUESTIONS = ['u0', 'u1', 'u2', 'nobody'].map((user) => ({
  ...{ id: user, user, time: Date.UTC(2100, 0, 1) },
  items: ['small', 'medium', 'large'],
}));

async function answersOf({ models, journal }: { readonly models: string; readonly journal: string }): Promise<unknown> {
  await using host = await createHost({ models, journal, active: 'a' });
  return { sequence: host.sequence, answers: await host.model().score(QUESTIONS) };
}

/** The same events, each at the moment at which it came. */
async function unharmedAnswers(journal: string, models: string, entries: readonly JournalEntry[]): Promise<unknown> {
  let now = 0;
  await using host = await createHost({ models, journal, active: 'a', durability: 'process', now: () => now });
  for (const entry of entries) {
    if (entry.kind !== 'event') continue;
    now = entry.arrivedAt;
    await host.observe([{ id: entry.id, event: entry.event }]);
  }
  return { sequence: host.sequence, answers: await host.model().score(QUESTIONS) };
}
