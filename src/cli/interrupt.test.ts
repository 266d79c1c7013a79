import { expect, it } from 'vitest';
import { whileInterruptible } from './interrupt.ts';

it('listens for Ctrl-C while the work lasts and no longer, however it ends', async () => {
  const count = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
  const before = count();
  await whileInterruptible(async (signal) => {
    expect(count()).toBe(before + 2);
    expect(signal.aborted).toBe(false);
  });
  expect(count()).toBe(before);
  await expect(whileInterruptible(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(count()).toBe(before);
});
