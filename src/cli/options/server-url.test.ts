import { expect, it } from 'vitest';
import { slatewiseUrl } from './server-url.ts';

it('takes the address of a server, and says what else is none', () => {
  expect(slatewiseUrl('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
  for (const text of ['notaurl', '127.0.0.1:8080', 'redis://127.0.0.1'])
    expect(() => slatewiseUrl(text)).toThrow(`such as http://127.0.0.1:8080, found "${text}"`);
  expect(() => slatewiseUrl('http://a:b@shop')).toThrow('found one; give its key with --key');
});
