/** Where a server may be called by which name: a page of elsewhere whose name leads here (DNS rebinding) asks by its own. */
import { InputError } from '../../slate/input-error.ts';
import { HttpFault } from '../wire/http-fault.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether only this machine reaches it. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);

/** Throws `InputError` where others could ask without a key. */
export function checkAddress(address: string, hasKeys: boolean): void {
  if (hasKeys || isLoopback(address)) return;
  throw new InputError(
    `the address ${address}: expected keys where other machines can ask, found none; make one with npx slatewise serve --new-key rank,events; its line goes into the file of --keys on the command line`,
    'invalid-option',
  );
}

/** The names that are allowed; undefined where every name is, since a key must be shown. */
export function allowedNames(given: readonly string[] | undefined, hasKeys: boolean): ReadonlySet<string> | undefined {
  if (given === undefined && hasKeys) return undefined;
  return new Set([...LOOPBACK, ...(given ?? []).map((name) => name.toLowerCase())]);
}

/** Throws `HttpFault` for a name that is none of them. */
export function checkHostName(header: string | undefined, allowed: ReadonlySet<string> | undefined): void {
  if (allowed === undefined) return;
  const name = (header ?? '').toLowerCase().replace(/:\d{1,5}$/, '');
  if (allowed.has(name)) return;
  throw new HttpFault(
    'other-host',
    'the header host: expected a name of this server, found another; call it as 127.0.0.1 or localhost, or allow the name with --allow-host on the command line',
  );
}
