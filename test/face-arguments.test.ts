/** Every function of every face, given what it does not take: whatever it throws is an `InputError` with a code, never what breaks first within. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../src/slate/input-error.ts';

const faces = {
  index: await import('../src/index.ts'),
  data: await import('../src/data.ts'),
  evaluate: await import('../src/evaluate.ts'),
  kinds: await import('../src/kinds.ts'),
  nn: await import('../src/nn.ts'),
  steps: await import('../src/steps.ts'),
  testing: await import('../src/testing.ts'),
};

/** Layers and formulas: they run within a graph of one's own scorer, loss or metric, on tensors and counts that the program gives; their types are the contract. */
const INNER = new Set<string>([
  ...Object.keys(faces.nn),
  ...['absence', 'clickShares', 'logShares', 'meanWhere'],
  ...['perClickedList', 'perItem', 'perList', 'perMixedList', 'perPair'],
]);

type Call = (...given: readonly unknown[]) => unknown;

const isClass = (value: object): boolean => Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;

const functions = Object.entries(faces).flatMap(([face, exported]) =>
  Object.entries(exported)
    .filter(([name, value]) => typeof value === 'function' && !isClass(value) && !INNER.has(name))
    .map(([name, value]) => ({ called: `${face}: ${name}`, call: value as Call })),
);

const NONE = [null, 5, '', {}];
const given = NONE.flatMap((first) => NONE.map((second) => [first, second, second]));

/** What a function throws or rejects with, at once or at the first step of what it gives. */
async function thrown(call: Call, list: readonly unknown[]): Promise<unknown> {
  try {
    const made = await call(...list);
    if (typeof made === 'object' && made !== null && 'next' in made) await (made as Iterator<unknown>).next();
    if (typeof made === 'object' && made !== null && 'close' in made) await (made.close as () => Promise<void>)();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a function of the faces', () => {
  const before = process.cwd();
  beforeAll(() => process.chdir(mkdtempSync(join(tmpdir(), 'arguments-'))));
  afterAll(() => process.chdir(before));

  it('is one of many', () => {
    expect(functions.length).toBeGreaterThan(40);
  });

  it.each(functions)('$called throws what has a code', async ({ call }) => {
    for (const list of given) {
      const error = await thrown(call, list);
      if (error === undefined) continue;
      const told = `${JSON.stringify(list)}: ${(error as Error).stack}`;
      expect(error, told).toBeInstanceOf(InputError);
      expect((error as InputError).code, told).toMatch(/^[a-z-]+$/);
      expect((error as InputError).message, told).toMatch(/expected|found/);
    }
  });

  it.each([...INNER])('%s, which is left out, is there', (name) => {
    expect(Object.values(faces).some((exported) => name in exported)).toBe(true);
  });
});
