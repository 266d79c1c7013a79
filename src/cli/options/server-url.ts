import { InvalidArgumentError } from 'commander';

/** A server's address, and nothing secret in it: `secrets` says where a user and a password belong. */
export const serverUrl =
  ({ example, secrets }: { readonly example: string; readonly secrets: string }) =>
  (text: string): string => {
    const url = parsed(text);
    if (!url || !/^https?:$/.test(url.protocol))
      throw new InvalidArgumentError(`Expected the address of a server, such as ${example}, found "${text}".`);
    if (url.username !== '' || url.password !== '')
      throw new InvalidArgumentError(`Expected no user or password in the address, found one; ${secrets}.`);
    return text;
  };

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The address of `slatewise serve`. */
export const slatewiseUrl: (text: string) => string = serverUrl({
  example: 'http://127.0.0.1:8080',
  secrets: 'give its key with --key',
});
