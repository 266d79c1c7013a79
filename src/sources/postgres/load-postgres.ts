import { InputError } from '../../slate/input-error.ts';

type Postgres = typeof import('pg').default;

const load = async (): Promise<Postgres> => (await import('pg')).default;

/** The client is loaded when a database is asked for. Throws `InputError` where it is not installed. */
export async function loadPostgres(what: string, loading: () => Promise<Postgres> = load): Promise<Postgres> {
  try {
    return await loading();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError(
      `${what}: expected the package pg, the client of PostgreSQL, found none; run npm install pg@8`,
      'invalid-option',
      { cause: error },
    );
  }
}
