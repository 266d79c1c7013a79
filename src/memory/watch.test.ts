import { expect, it } from 'vitest';
import { createWatch } from './watch.ts';

it('two pictures show a value as it was at the beginning of each', () => {
  const watch = createWatch((value: { n: number }) => ({ ...value }));
  const [one, other] = [{ n: 1 }, { n: 10 }];
  const set = (n: number): void => {
    watch.before(one);
    one.n = n;
  };
  const first = watch.begin();
  set(2);
  const second = watch.begin();
  set(3);
  set(4);
  expect([first.of(one), second.of(one), first.of(other)]).toEqual([{ n: 1 }, { n: 2 }, { n: 10 }]);
  first.end();
  first.end();
  set(5);
  expect(second.of(one)).toEqual({ n: 2 });
  second.end();
});
