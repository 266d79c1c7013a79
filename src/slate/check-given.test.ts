import { expect, it } from 'vitest';
import { checkGiven, checkGivenOptions, type GivenForm } from './check-given.ts';

const REPORT: GivenForm = { expected: 'a report', remedy: 'give one', parts: ['protocol.parts'] };

it.each<[unknown, string]>([
  [null, 'renderText: expected a report, found null; give one'],
  [undefined, 'renderText: expected a report, found nothing; give one'],
  ['r', 'renderText: expected a report, found "r"; give one'],
  [{}, 'renderText: expected a report, found an object without "protocol.parts"; give one'],
  [{ protocol: { parts: null } }, 'renderText: expected a report, found an object without "protocol.parts"; give one'],
  [Promise.resolve(), 'renderText: expected a report, found an object without "protocol.parts"; await it'],
])('%j is told as what it is', (given, message) => {
  expect(() => checkGiven(given, 'renderText', REPORT)).toThrow(
    expect.objectContaining({ name: 'InputError', code: 'invalid-option', message }),
  );
});

it('takes what has the parts', () => {
  expect(() => checkGiven({ protocol: { parts: 0 } }, 'renderText', REPORT)).not.toThrow();
  expect(() => checkGivenOptions({}, 'prepare')).not.toThrow();
});

it('asks a question of its own about what is no object', () => {
  const form: GivenForm = { expected: 'a function', remedy: 'give one', isSound: (f) => typeof f === 'function' };
  expect(() => checkGiven(() => 1, 'influence', form)).not.toThrow();
  expect(() => checkGiven({}, 'influence', form)).toThrow('influence: expected a function, found {}; give one');
});
