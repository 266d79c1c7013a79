import { expect, it } from 'vitest';
import { refuseArguments } from './refuse-arguments.ts';

/** What `await` waits for, though no `Promise` made it. */
const thenable = (rest: object): object => Object.assign(rest, Object.fromEntries([['then', () => undefined]]));

it('takes what the call takes, and what is left out', () => {
  expect(() => refuseArguments('score', [], {})).not.toThrow();
  expect(() => refuseArguments('score', [], undefined, undefined)).not.toThrow();
  expect(() => refuseArguments('observe')).not.toThrow();
});

it('takes a query that is awaited or iterated over, as database clients make them', () => {
  const query = thenable({ async *[Symbol.asyncIterator]() {} });
  expect(() => refuseArguments('train', query)).not.toThrow();
});

it('tells a promise, whoever made it', () => {
  const code = 'unknown-event';
  const message = 'observe: expected an event, found a promise; await it';
  for (const promise of [Promise.resolve(), thenable({})])
    expect(() => refuseArguments('observe', promise)).toThrow(expect.objectContaining({ code, message }));
});

it('tells what nothing would read', () => {
  const message = 'score: expected a list of requests and options, found 3 arguments; leave the others out';
  expect(() => refuseArguments('score', [], {}, null)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message }),
  );
});
