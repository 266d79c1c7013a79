import { expect, it } from 'vitest';
import { toCommand, toCsv, toRequests } from './exporting.ts';
import { emptyState } from './list-state.ts';

const item = (id: string) => ({ item: id, position: 0, probability: 0.25, alone: 0.5, anyClickChange: 0.1 });
const answer = {
  model: 'a',
  sequence: 0,
  request: 'r',
  items: [item('=1+1'), item('a "b", c')],
  expectedClicks: 0.5,
  anyClick: 0.4,
  influence: [],
};

it('quotes cells, and lets no program of tables compute them', () => {
  expect(toCsv(answer, { ...answer, items: [item('=1+1')] })).toBe(
    'place,item,probability,before,alone\n1,\'=1+1,0.25,0.25,0.5\n2,"a ""b"", c",0.25,,0.5',
  );
});

it('tells what items are taken to be before the list', () => {
  const state = {
    ...emptyState,
    items: ['a'],
    asIf: { a: { price: 1 }, gone: { price: 2 } },
    listed: { a: { relevancy: 3 } },
  };
  expect(
    toRequests(state, 5)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { event: 'item', item: 'a', timestamp: 5, fields: [{ name: 'price', value: 1 }] },
    { event: 'ranking', id: 'what-if', timestamp: 5, items: [{ id: 'a', fields: [{ name: 'relevancy', value: 3 }] }] },
  ]);
});

it('names the model as a shell takes it', () => {
  const command = (folder: string | undefined, isOnly = false) => toCommand('b', { folder, isOnly });
  expect(command('models')).toBe('npx slatewise explain models/b what-if.jsonl --json');
  expect(command('models/b', true)).toBe('npx slatewise explain models/b what-if.jsonl --json');
  expect(command("my models; rm 'x'")).toBe("npx slatewise explain 'my models; rm '\\''x'\\''/b' what-if.jsonl --json");
});
