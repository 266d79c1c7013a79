import { describe, expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('work in lanes', () => {
  it('has so many under way, and no more, until all is done', async () => {
    let [under, most] = [0, 0];
    const done: number[] = [];
    const all = await inLanes([5, 1, 3, 2, 4], 2, async (each, at) => {
      most = Math.max(most, ++under);
      await turns(each);
      under--;
      done.push(at);
      return true;
    });
    expect([all, most, done.toSorted()]).toEqual([true, 2, [0, 1, 2, 3, 4]]);
  });

  it('begins no other once one says so, and lets the others end', async () => {
    const [begun, ended]: number[][] = [[], []];
    const all = await inLanes([1, 9, 1, 1], 2, async (each, at) => {
      begun.push(at);
      await turns(each);
      ended.push(at);
      return at !== 0;
    });
    expect([all, begun, ended]).toEqual([false, [0, 1], [0, 1]]);
  });

  it('fails as the first that failed, after the others ended', async () => {
    const ended: number[] = [];
    const failing = inLanes([1, 9, 1], 2, async (each, at) => {
      await turns(each);
      if (at === 0) throw new Error('no disk');
      ended.push(at);
      return true;
    });
    await expect(failing).rejects.toThrow('no disk');
    expect(ended).toEqual([1]);
  });
});
