/** What a memory may be made from, whatever callers without types give. */
import { z } from 'zod';
import { checkOptions, valueThat } from '../slate/check-options.ts';
import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';
import { strictObject } from '../slate/strict-schema.ts';
import { checkSnapshot } from './check-snapshot.ts';
import type { Pieces } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';
import type { UserSegments } from './user-segments.ts';

const whole = z.number().int();
const schema = strictObject({
  describe: valueThat('the function that memoryItems(encoder) gives', (value) => typeof value === 'function'),
  denseColumns: whole.min(0),
  joinWindow: z.number().positive(),
  labelTypes: z.array(z.string().min(1)).min(1),
  limits: strictObject({
    users: whole.min(1).optional(),
    items: whole.min(1).optional(),
    userAge: z.number().positive().optional(),
    itemAge: z.number().positive().optional(),
  }).optional(),
  futureLimit: z.number().min(0).optional(),
  storage: strictObject({
    hotUsers: whole.min(16).optional(),
    segments: valueThat('where bytes lie, such as segmentsInMemory()', isSegments).optional(),
  }).optional(),
});

function isSegments(value: unknown): boolean {
  const { size, make } = (value ?? {}) as Partial<UserSegments>;
  return Number.isInteger(size) && (size ?? 0) > 0 && typeof make === 'function';
}

/** Throws `InputError` for options that are not valid, and for a snapshot that no memory of their kind gave. */
export function* checkMemory(
  options: { readonly denseColumns: number },
  snapshot: MemorySnapshot | undefined,
): Pieces<void> {
  checkMemoryOptions(options);
  if (snapshot) yield* checkSnapshot(snapshot, options.denseColumns);
}

/** Throws `InputError` for options that are not valid. */
export function checkMemoryOptions(options: object): void {
  checkOptions(schema, options, 'createMemory');
}

/** Throws `InputError` for what is no moment to ask for. */
export function checkMoment(time: number): void {
  if (typeof time === 'number' && !Number.isNaN(time)) return;
  throw new InputError(
    `asOf: expected a time in milliseconds since 1970, such as Date.now(), found ${show(time)}; give one`,
    'invalid-option',
  );
}
