import { expect, it } from 'vitest';
import { type ArgumentForm, checkArgument, checkOptionsArgument } from './check-argument.ts';

const REPORT: ArgumentForm = { expected: 'a report', remedy: 'give one', parts: ['protocol.parts'] };

it.each<[unknown, string]>([
  [null, 'renderText: expected a report, found null; give one'],
  [undefined, 'renderText: expected a report, found nothing; give one'],
  ['r', 'renderText: expected a report, found "r"; give one'],
  [{}, 'renderText: expected a report, found an object without "protocol.parts"; give one'],
  [{ protocol: { parts: null } }, 'renderText: expected a report, found an object without "protocol.parts"; give one'],
  [Promise.resolve(), 'renderText: expected a report, found a promise; await it'],
])('%j is told as what it is', (given, message) => {
  expect(() => checkArgument(given, 'renderText', REPORT)).toThrow(
    expect.objectContaining({ name: 'InputError', code: 'invalid-option', message }),
  );
});

it('takes what has the parts', () => {
  expect(() => checkArgument({ protocol: { parts: 0 } }, 'renderText', REPORT)).not.toThrow();
  expect(() => checkOptionsArgument({}, 'prepare')).not.toThrow();
});

it('asks a question of its own about what is no object', () => {
  const form: ArgumentForm = { expected: 'a function', remedy: 'give one', isSound: (f) => typeof f === 'function' };
  expect(() => checkArgument(() => 1, 'influence', form)).not.toThrow();
  expect(() => checkArgument({}, 'influence', form)).toThrow('influence: expected a function, found {}; give one');
});
