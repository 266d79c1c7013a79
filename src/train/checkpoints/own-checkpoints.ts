import { DamagedCheckpoint, type RunFacts, type Store, sameRun } from './checkpoint.ts';

/** A store as one run may use it: what is damaged, or belongs to another run, is not given back; `say` is told so once, and the run starts anew. */
export function ownCheckpoints<T extends RunFacts>(
  store: Store<T>,
  { run, say }: { readonly run: RunFacts; readonly say: (message: string) => void },
): Store<T> {
  let isTold = false;
  const refuse = (why: string): undefined => {
    if (!isTold) say(`${why}; starting anew`);
    isTold = true;
    return undefined;
  };
  return {
    save: (checkpoint) => store.save(checkpoint),
    async load() {
      try {
        const found = await store.load();
        return found === undefined || sameRun(found, run) ? found : refuse(difference(found, run));
      } catch (error) {
        if (error instanceof DamagedCheckpoint) return refuse(error.message);
        throw error;
      }
    },
  };
}

function difference(found: RunFacts, run: RunFacts): string {
  if (found.seed !== run.seed) return `the checkpoint there is of seed ${found.seed}, not ${run.seed}`;
  if (found.origin === run.origin) return 'the checkpoint there is of another config';
  return 'the checkpoint there is of other data, settings or program';
}
