import { InputError } from '../../slate/input-error.ts';
import type { Durability } from '../journal/durability.ts';
import { type RedisConnection, RedisRefusal } from './redis-connection.ts';

/** Throws `InputError` (`invalid-option`) where Redis would lose what it acknowledged. True where it tells its settings. */
export async function checkRedisSettings(
  connection: RedisConnection,
  { shown, durability }: { readonly shown: string; readonly durability: Durability },
): Promise<boolean> {
  const setting = async (name: string): Promise<string | undefined> =>
    (await connection.send<readonly string[]>(['CONFIG', 'GET', name]))[1];
  const refuse = (expected: string, found: string, advice: string): never => {
    throw new InputError(`${shown}: expected ${expected}, found ${found}; ${advice}`, 'invalid-option');
  };
  try {
    if ((await setting('appendonly')) === 'no')
      refuse('a Redis that keeps what it was told', 'one without an append-only file', 'set appendonly to yes');
    const sync = await setting('appendfsync');
    if (durability === 'disk' && sync !== undefined && sync !== 'always')
      refuse(
        'a Redis that has on disk what it was told',
        `appendfsync ${sync}`,
        'set appendfsync to always, or serve with durability "process"',
      );
    const policy = await setting('maxmemory-policy');
    if ((await setting('maxmemory')) !== '0' && policy !== undefined && !/^(noeviction|volatile-)/.test(policy))
      refuse('a Redis that never drops what it holds', `maxmemory-policy ${policy}`, 'set it to noeviction');
    return true;
  } catch (error) {
    if (error instanceof RedisRefusal && /^(NOPERM|ERR unknown)/.test(error.message)) return false;
    throw error;
  }
}
