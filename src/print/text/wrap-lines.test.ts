import { expect, it } from 'vitest';
import { wrapLines } from './wrap-lines.ts';

it('wrapLines breaks at blanks, indents what follows and keeps long words and runs of blanks', () => {
  expect(wrapLines('aa bb cc dd', 5)).toBe('aa bb\ncc dd');
  expect(wrapLines('aa bb cc dd', 6, '  ')).toBe('aa bb\n  cc\n  dd');
  expect(wrapLines('abcdefgh i', 5, ' ')).toBe('abcdefgh\n i');
  expect(wrapLines('  name   text', 20)).toBe('  name   text');
  expect(wrapLines('', 5)).toBe('');
});
