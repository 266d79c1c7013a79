import { InputError } from '../slate/input-error.ts';
import type { MemorySnapshot } from './snapshot.ts';

const LISTS = [
  'positionExposures',
  'positionClicks',
  'items',
  'userFields',
  'itemStates',
  'users',
  'open',
  'closed',
  'pendingLists',
  'pendingClicks',
] as const;
const NUMBERS = ['sequence', 'exposures', 'clicks', 'next'] as const;

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Throws `InputError` where something is no snapshot, or one of a memory whose items have another number of columns: `denseColumns` is how many they have here. */
export function checkSnapshot(snapshot: MemorySnapshot, denseColumns: number): void {
  const { clock, users } = (snapshot ?? {}) as Partial<MemorySnapshot>;
  const isWhole =
    (clock === null || Number.isFinite(clock)) &&
    NUMBERS.every((key) => Number.isInteger(snapshot[key]) && snapshot[key] >= 0) &&
    LISTS.every((key) => Array.isArray(snapshot[key])) &&
    isRecord(snapshot.counters) &&
    isRecord(snapshot.lastMet);
  if (!isWhole)
    throw new InputError(
      'the memory: expected what snapshot() gave, found something else; give it unchanged, or as JSON read back',
      'invalid-snapshot',
    );
  const [, user] = users?.[0] ?? [];
  if (user && user.leanings.length !== denseColumns)
    throw new InputError(
      `the memory: expected a snapshot of a model whose items have ${denseColumns} columns, found one with ${user.leanings.length}; give that of this model`,
      'other-model',
    );
}
