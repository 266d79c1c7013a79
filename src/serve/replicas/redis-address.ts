import { InputError } from '../../slate/input-error.ts';

/** Where a journal lies that several replicas share. */
export interface RedisAddress {
  /** As the client takes it; it may hold a password. */
  readonly url: string;
  /** Of the journal: one Redis may hold several. */
  readonly name: string;
  /** For people: without a password. */
  readonly shown: string;
}

const NAME = 'slatewise';

export const isRedisAddress = (text: string): boolean => /^rediss?:/.test(text);

/** `redis://user:password@host:port/0?journal=name`. Throws `InputError` for what is none. */
export function parseRedisAddress(text: string): RedisAddress {
  const refuse = (found: string): never => {
    throw new InputError(
      `journal: expected an address such as redis://127.0.0.1:6379/0?journal=shop, found ${found}; mend it`,
      'invalid-option',
    );
  };
  if (!URL.canParse(text)) return refuse('one that cannot be read');
  const url = new URL(text);
  if (url.hostname === '') return refuse('one without a host');
  if (!/^\/?\d{0,4}$/.test(url.pathname))
    return refuse(`the path ${url.pathname} where the number of a database stands`);
  const other = [...url.searchParams.keys()].find((key) => key !== 'journal');
  if (other !== undefined) return refuse(`the option ${other}`);
  const name = url.searchParams.get('journal') ?? NAME;
  if (!/^[\w.-]{1,100}$/.test(name)) return refuse('a name of other signs than letters, digits, ".", "_" and "-"');
  url.search = '';
  const shown = `${url.protocol}//${url.host}${url.pathname} (journal ${name})`;
  return { url: url.href, name, shown };
}
