import { describe, expect, it } from 'vitest';
import { exportsOf, unregistered } from '../../test/unregistered.ts';
import { bceLoss } from './bce.ts';
import { losses } from './losses.ts';

describe('the registry of losses', () => {
  it('has every loss of this room', async () => {
    expect(unregistered(await exportsOf(import.meta.dirname), 'loss', losses)).toEqual([]);
  });

  it('misses one whose line is forgotten', async () => {
    const exports = {
      ...(await exportsOf(import.meta.dirname)),
      'focal.ts': { focalLoss: { ...bceLoss, name: 'focal' } },
    };
    expect(unregistered(exports, 'loss', losses)).toEqual([
      'focal.ts: focalLoss has no line in the registry of its room',
    ]);
  });

  it('answers a misspelt name with the nearest, and says how to bring another', () => {
    expect(() => losses.named('listnet')).toThrow('found "listnet"; did you mean "listNet"?');
    expect(() => losses.named('xyz')).toThrow('found "xyz"; name one of these, or give your own in kinds');
  });
});
