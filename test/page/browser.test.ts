import { afterEach, expect, it, vi } from 'vitest';
import { chromiumPath } from '../../scripts/browser.mjs';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['', undefined],
  ['must', /expected Chromium, found none; install it/],
] as const)('takes a missing Chromium as SLATEWISE_CHROMIUM=%s says', (wanted, error) => {
  vi.stubEnv('SLATEWISE_CHROMIUM', wanted);
  if (error === undefined) expect(chromiumPath(() => false)).toBeUndefined();
  else expect(() => chromiumPath(() => false)).toThrow(error);
});
