import { expect, it } from 'vitest';
import { encodedMarket } from '../../../test/encoded-market.ts';
import { emptiedReplay } from './emptied-replay.ts';

it('remembers nothing, and numbers the items as they were', async () => {
  const { features, replay } = (await encodedMarket(60)).scorer;
  const empty = emptiedReplay({ features, replay });
  expect(replay.state.exposures).toBe(600);
  expect(empty.state.exposures).toBe(0);
  expect(empty.state.users.size).toBe(0);
  expect(empty.userFields.size).toBe(0);
  const ids = replay.table.entries().map(([id]) => id);
  expect(empty.table.entries()).toEqual(ids.map((id) => [id, {}]));
  // Filled by the same events, it is asked and answers alike.
  for (const [item, fields] of replay.table.entries()) empty.applyItem({ item, fields });
  expect(empty.table.current(empty.table.indexOf('i9')).dense).toEqual(
    replay.table.current(replay.table.indexOf('i9')).dense,
  );
});
