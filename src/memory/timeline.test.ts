import { expect, it } from 'vitest';
import type { OpenList } from './open-list.ts';
import { createTimeline } from './timeline.ts';

const listOf = (id: string, sequence: number, time: number): OpenList => ({
  ...{ id, print: 0, sequence, time, shownAt: time, user: 'u', items: [1, 2], positions: [0, 1] },
  ...{ expected3K: [0, 0, 0, 0, 0, 0], clickedK: [0, 0], clickedAtOnceK: [0, 0] },
});

function told(): { readonly entered: string[]; readonly timeline: ReturnType<typeof createTimeline> } {
  const entered: string[] = [];
  const timeline = createTimeline({
    enterList: ({ id, clickedAtOnceK }) => entered.push(`${id} ${clickedAtOnceK.join('')}`),
    enterClick: ({ list, k, time }) => entered.push(`${list.id}${k} at ${time}`),
  });
  return { entered, timeline };
}

it('a list enters when its millisecond is over, after the clicks that earlier lists have in it', () => {
  const { entered, timeline } = told();
  timeline.add(listOf('a', 0, 10), [12, -1]);
  timeline.advanceTo(10);
  expect(entered).toEqual([]);
  timeline.advanceTo(12);
  expect(entered).toEqual(['a 00']);
  timeline.add(listOf('b', 1, 12), [-1, 12]);
  timeline.add(listOf('c', 2, 12), [-1, -1]);
  timeline.advanceTo(12);
  expect(entered).toEqual(['a 00']);
  timeline.advanceTo(13);
  expect(entered).toEqual(['a 00', 'a0 at 12', 'b 01', 'c 00']);
});

it('clicks of one millisecond enter in the order of their lists, and of the items in them', () => {
  const { entered, timeline } = told();
  timeline.add(listOf('a', 0, 10), [20, 20]);
  timeline.advanceTo(11);
  timeline.add(listOf('b', 1, 11), [20, 15]);
  timeline.advanceTo(21);
  expect(entered).toEqual(['a 00', 'b 00', 'b1 at 15', 'a0 at 20', 'a1 at 20', 'b0 at 20']);
});

it('tells what waits, and what is the latest', () => {
  const { entered, timeline } = told();
  const list = listOf('a', 0, 10);
  timeline.add(list, [7, 30]);
  expect(list.clickedK).toEqual([1, 1]);
  expect(timeline.waiting()).toEqual({ lists: [list], clicks: [{ list, k: 1, time: 30 }] });
  expect(timeline.last).toBe(30);
  timeline.advanceTo(31);
  expect(entered).toEqual(['a 10', 'a1 at 30']);
  expect(timeline.waiting()).toEqual({ lists: [], clicks: [] });
});
