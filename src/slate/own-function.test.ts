import { expect, it } from 'vitest';
import { InputError } from './input-error.ts';
import { guarded } from './own-function.ts';

const answering = (call: () => unknown): (() => unknown) =>
  guarded(call, {
    ...{ word: 'rule', name: 'mine', part: 'demands' },
    expected: 'a number',
    fits: (answer) => typeof answer === 'number',
  });

function caught(call: () => unknown): InputError {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('expected an InputError');
}

it('answers what the function answers, called as it is', () => {
  const own = {
    two: 2,
    ask: answering(function (this: { two: number }) {
      return this.two;
    } as () => number),
  };
  expect(own.ask()).toBe(2);
});

it.each<[unknown, string]>([
  [undefined, 'found nothing; mend the function'],
  [null, 'found null; mend the function'],
  ['5', 'found "5"; mend the function'],
  [() => 5, 'found a function; mend the function'],
  [Promise.resolve(5), 'found a promise; write it without async'],
])('says what was found instead: %o', (answer, found) => {
  const error = caught(answering(() => answer));
  expect(error.message).toBe(`rule "mine": expected demands to return a number, ${found}`);
  expect(error.code).toBe('invalid-definition');
});

it('is not ended by what an async function rejects with later', async () => {
  expect(caught(answering(() => Promise.reject(new Error('late')))).message).toContain('found a promise');
  // An unhandled rejection would fail the run of the tests.
  await new Promise((resolve) => setImmediate(resolve));
});

it.each<[unknown, string]>([
  [new TypeError('x is not a function'), 'TypeError: x is not a function'],
  [new Error('one\n  two'), 'Error: one two'],
  [new InputError('no such item', 'unknown-name'), 'InputError: no such item'],
  ['words', '"words"'],
  [undefined, 'nothing'],
])('keeps what was thrown as its cause: %o', (thrown, told) => {
  const error = caught(
    answering(() => {
      throw thrown;
    }),
  );
  expect(error.message).toBe(`rule "mine": expected demands to answer, found that it threw ${told}; mend the function`);
  expect(error.cause).toBe(thrown);
  expect(error.code).toBe('invalid-definition');
});

it('leaves the error of a definition that names its own function', () => {
  const inner = caught(answering(() => undefined));
  const outer = caught(
    answering(() => {
      throw inner;
    }),
  );
  expect(outer).toBe(inner);
});
