import { expect, it } from 'vitest';
import { requestName } from './request-name.ts';

it('is said once', () => {
  expect(requestName('r7')).toBe('request r7');
  expect(requestName('request 1')).toBe('request 1');
});
