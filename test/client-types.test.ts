/** The client's types are those of the server's schemas. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientTypes } from '../scripts/client-types.ts';

/** Without what the formatter does. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, '')
    .replaceAll(/([=:(])\|/g, '$1')
    .replaceAll(/readonly\(([^()]*)\)\[\]/g, 'readonly($1)[]');

it('stand in its files as `npm run client:types` makes them', () => {
  const made = Object.entries(clientTypes());
  expect(made).toHaveLength(4);
  for (const [path, text] of made) expect(plain(readFileSync(path, 'utf8')), path).toBe(plain(text));
});
