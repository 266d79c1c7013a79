import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyState, setField } from './list-state.ts';
import { fromHash, toHash } from './share.ts';

it('carries a list in an address, whatever its items are called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), fc.string(), (items, user) => {
      const state = setField(
        { ...emptyState, items, user, candidates: ['x\u202Ey<script>'].filter((id) => !items.includes(id)) },
        'a',
        'price',
        1.5,
      );
      expect(fromHash(toHash(state))).toEqual(state);
    }),
  );
});

it('reads nothing from an address that somebody broke', () => {
  for (const hash of [
    '',
    '#compare',
    '#list=',
    '#list=!!',
    '#list=AAAA',
    `#list=${btoa('[1]')}`,
    `#list=${btoa('null')}`,
  ])
    expect(fromHash(hash), hash).toBeUndefined();
  const wrong = fromHash(`#list=${btoa('{"items":[1,{}],"user":7,"asIf":[],"model":{}}').replace(/=+$/, '')}`);
  expect(wrong).toEqual(emptyState);
});
