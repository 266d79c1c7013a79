import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

// RFC 3720, appendix B.4, whose bytes of the check stand lowest first; the last is the check value of the CRC catalogue.
it.each([
  ['32 bytes of zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 bytes that rise', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
  ['32 bytes that fall', Uint8Array.from({ length: 32 }, (_, at) => 31 - at), 0x113fdb5c],
  ['nothing', new Uint8Array(0), 0],
  ['"123456789"', Buffer.from('123456789'), 0xe3069283],
])('of %s', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

it('sees every bit', () => {
  const bytes = Buffer.from('slatewise');
  const checks = new Set([crc32c(bytes)]);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const other = Buffer.from(bytes);
    other[bit >> 3] ^= 1 << (bit & 7);
    checks.add(crc32c(other));
  }
  expect(checks.size).toBe(8 * bytes.length + 1);
});
