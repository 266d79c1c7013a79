import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksum as native } from '../node/checksum.ts';
import { checksum } from './checksum.ts';

it('is the sum that Node gives, of bytes at once and one part after the other', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const sum = checksum(first, 0);
      expect(sum).toBe(native(first, 0));
      expect(checksum(second, sum)).toBe(native(second, sum));
    }),
  );
});
