import { expect, it } from 'vitest';
import { inMemorySource } from '../../sources/in-memory.ts';
import { validateLog } from './import-log.ts';
import { countTypes, otherSpellings, unseenLabels } from './label-types.ts';

it('counts interactions by their type, whatever it is called', () => {
  const types = countTypes();
  for (const type of ['click', 'view', 'click', '__proto__', 'constructor']) types.count(type);
  expect(Object.entries(types.result())).toEqual([
    ['click', 2],
    ['view', 1],
    ['__proto__', 1],
    ['constructor', 1],
  ]);
  for (let n = 0; n < 2000; n++) types.count(`type ${n}`);
  types.count('click');
  expect(Object.keys(types.result())).toHaveLength(1000);
  expect(types.result().click).toBe(3);
});

it.each([
  [['click'], undefined],
  [['click', 'view'], undefined],
  [
    ['clik'],
    'expected types of the log\'s interactions, which are view (30), click (5), found "clik"; did you mean "click"?',
  ],
  [['click', 'buy'], 'found "buy"; name in labelTypes what counts as a click'],
  [['toString'], 'found "toString"'],
])('%j', (labelTypes, sentence) => {
  const told = unseenLabels({ labelTypes, interactionTypes: { click: 5, view: 30 } });
  if (sentence === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(sentence);
});

it('says so where there is no interaction at all', () => {
  expect(unseenLabels({ labelTypes: ['click'], interactionTypes: {} })).toBe(
    'labelTypes: expected clicks, found no interaction; tell what users did to the lists, as in {"event":"interaction","type":"click",...}',
  );
});

it('names types that are spelt almost as one that counts', () => {
  const seen = { labelTypes: ['click'], interactionTypes: { click: 5, Click: 4, view: 30, 'click ': 1 } };
  expect(otherSpellings(seen)).toEqual([
    'labelTypes: 4 interactions of type "Click" beside "click" are left out; write them alike in the log, or set labelTypes to ["click","Click"]',
    'labelTypes: 1 interaction of type "click " beside "click" is left out; write them alike in the log, or set labelTypes to ["click","click "]',
  ]);
  expect(otherSpellings({ ...seen, labelTypes: ['click', 'Click', 'click '] })).toEqual([]);
});

it('is told by an import', async () => {
  const types = ['click', 'Click'];
  const events = types.flatMap((type, n) => [
    { event: 'ranking', id: `r${n}`, time: 1e12 + n, user: 'u', items: ['a', 'b'] },
    { event: 'interaction', ranking: `r${n}`, time: 1e12 + n + 1, item: 'a', type },
  ]);
  const { warnings, clicks } = await validateLog(inMemorySource(events));
  expect(clicks).toBe(1);
  expect(warnings).toEqual([expect.stringContaining('1 interaction of type "Click" beside "click" is left out')]);
});
