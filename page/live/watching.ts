/** Asks the server how it is, again and again while somebody looks. */
import { effect, signal } from '@preact/signals';
import type { ModelsAnswer } from '../../src/serve/client/answer-types.ts';
import type { DashboardAnswer, RecentListsAnswer } from '../../src/serve/client/page-types.ts';
import { faultOf, server } from '../shared/server.ts';

export const figures = signal<DashboardAnswer | undefined>(undefined);
export const models = signal<ModelsAnswer | undefined>(undefined);
export const recent = signal<RecentListsAnswer['lists']>([]);
export const fault = signal<string | undefined>(undefined);
const tries = signal(0);

const EVERY_MS = 2_000;

export const lookAgain = (): void => {
  tries.value++;
};

export function beginWatching(): void {
  effect(() => {
    const client = server.value;
    void tries.value;
    const stop = new AbortController();
    const { signal: ended } = stop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') {
          const [dashboard, lists, known] = await Promise.all([
            client.dashboard({ signal: ended }),
            client.recentLists(20, { signal: ended }),
            client.models({ signal: ended }),
          ]);
          if (ended.aborted) return;
          figures.value = dashboard;
          recent.value = lists.lists;
          models.value = known;
          fault.value = undefined;
        }
      } catch (error) {
        if (!ended.aborted) fault.value = faultOf(error);
      }
      if (!ended.aborted) timer = setTimeout(look, EVERY_MS);
    };
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  });
}
