import { expect, it } from 'vitest';
import { countTypes, unseenLabels } from './label-types.ts';

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
