import { ClientError } from '../../serve/client/client-error.ts';
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
      throw new InputError(`${refusal(url, error)}; what is done so far is kept`, 'server-refused', { cause: error });
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

/** One sentence: what a server says is one already, with what to do. */
function refusal(url: string, error: unknown): string {
  if (!(error instanceof ClientError))
    return `${url}: expected an answer of a Slatewise server, found something else; check its address (on the command line --server)`;
  const { message, status, code } = error;
  if (status === 0)
    return `${url}: expected the server that answers, found no answer; start it, or check its address (on the command line --server)`;
  if (code === 'other-server') return `${message} (on the command line --server)`;
  return `${url} refused: ${message}${status === 401 || status === 403 ? ' (on the command line --key)' : ''}`;
}
