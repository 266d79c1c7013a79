import { afterAll, beforeAll } from 'vitest';
import type { ListModel } from '../../src/live/list-model.ts';
import { drinksModel, type MemoryHost, memoryHost } from '../memory-host.ts';

/** For a file of tests: a host of the drinks' model under these names. It is there once tests run. */
export function useDrinks(...names: readonly string[]): { readonly host: MemoryHost } {
  let model: ListModel;
  let host: MemoryHost | undefined;
  beforeAll(async () => {
    model = await drinksModel();
    host = memoryHost(Object.fromEntries(names.map((name) => [name, model])));
  });
  afterAll(() => model.close());
  return {
    get host() {
      if (!host) throw new TypeError('useDrinks: expected a test to ask, found that none runs yet');
      return host;
    },
  };
}
