import { createClient } from '../../serve/client/create-client.ts';
import { InputError } from '../../slate/input-error.ts';
import type { ModelChoice } from './model-choice.ts';

/** Loading a large model and letting a journal enter it takes its time; milliseconds. */
const PATIENCE = 15 * 60_000;

/** The choice of a server that runs; the key needs the scopes `rank` and `admin`. */
export function choiceOverHttp({ url, key }: { readonly url: string; readonly key?: string | undefined }): ModelChoice {
  const client = createClient({ url, key, timeoutMs: PATIENCE });
  const asked = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw new InputError(
        `${url}: expected the server that answers, found ${(error as Error).message}; start it, or check its address and its key (on the command line --server and --key); what is done so far is kept`,
        'server-refused',
        { cause: error },
      );
    }
  };
  return {
    place: url,
    active: async () => (await asked(client.models())).active,
    inUse: async () =>
      (await asked(client.models())).models.filter(({ state }) => state !== 'on disk').map(({ name }) => name),
    check: async () => void (await asked(client.models())),
    activate: async (name) => void (await asked(client.activate(name))),
  };
}
