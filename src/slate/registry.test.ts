import { expect, it } from 'vitest';
import { createRegistry } from './registry.ts';

const losses = createRegistry('loss', [{ name: 'bce' }, { name: 'listNet' }]);

it('gives a definition by its name, and says which was meant of a name that is unknown', () => {
  expect(losses.named('bce')).toEqual({ name: 'bce' });
  expect(losses.has('constructor')).toBe(false);
  expect(() => losses.named('listnet')).toThrow(
    'loss: expected one of bce, listNet, found "listnet"; did you mean "listNet"? Otherwise give your own in kinds',
  );
});

it('takes further definitions without changing itself, each name once', () => {
  const more = losses.with([{ name: 'focal' }]);
  expect(more.names).toEqual(['bce', 'listNet', 'focal']);
  expect(losses.names).toEqual(['bce', 'listNet']);
  expect(losses.with([])).toBe(losses);
  expect(() => losses.with([{ name: 'bce' }])).toThrow('loss: expected every name once, found "bce" twice');
});
