import { createRequire } from 'node:module';
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

/** The part of DuckDB's own binding, which its package of an API is made of, that tells where the values of a chunk lie. */
export type DuckDbMemory = Pick<
  typeof import('@duckdb/node-bindings'),
  'data_chunk_get_vector' | 'vector_get_data' | 'vector_get_validity'
>;

/** To be asked for once DuckDB is loaded. */
export function duckDbMemory(): DuckDbMemory {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('@duckdb/node-api'))('@duckdb/node-bindings') as DuckDbMemory;
}
