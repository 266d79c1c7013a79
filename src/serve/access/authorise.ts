/** Whether a request may come in: before its body is read. */
import type { IncomingHttpHeaders } from 'node:http';
import { HttpFault } from '../wire/http-fault.ts';
import { type AccessKey, keyOf, type Scope } from './keys.ts';

/** Throws `HttpFault` where no key, another key, or one for something else is shown. */
export function authorise(
  headers: IncomingHttpHeaders,
  scope: Scope,
  keys: readonly AccessKey[],
): AccessKey | undefined {
  if (keys.length === 0) return undefined;
  const [, shown] = /^bearer +([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '') ?? [];
  if (shown === undefined)
    throw new HttpFault(
      'key-missing',
      'the header authorization: expected "Bearer <key>", found none; send the key that the server\'s keeper gave you',
    );
  const key = keyOf(shown, keys);
  if (key === undefined)
    throw new HttpFault(
      'key-unknown',
      'the header authorization: expected a key of this server, found another; it may have been replaced, ask for the new one',
    );
  if (!key.scopes.has(scope))
    throw new HttpFault(
      'scope-missing',
      `the key ${JSON.stringify(key.name)}: expected the scope ${scope}, found ${[...key.scopes].join(', ')}; use a key that has it`,
    );
  return key;
}
