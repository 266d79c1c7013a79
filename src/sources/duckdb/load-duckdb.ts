import { InputError } from '../../slate/input-error.ts';

type DuckDb = typeof import('@duckdb/node-api');

const load = (): Promise<DuckDb> => import('@duckdb/node-api');

/** DuckDB is large, and most logs need none: it is loaded when it is asked for. Throws `InputError` where it is not installed. */
export async function loadDuckDb(what: string, loading: () => Promise<DuckDb> = load): Promise<DuckDb> {
  try {
    return await loading();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new InputError(
      `${what}: expected the package @duckdb/node-api, which reads Parquet and runs SQL, found none; run npm install @duckdb/node-api@1.5`,
      'invalid-option',
      { cause: error },
    );
  }
}
