import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from './checks/finding.ts';
import { isMostlyThere } from './left-out.ts';
import { keepRefused, refusedDays, waitForDay } from './refused-days.ts';

const HOUR = 60 * 60_000;
const day = (n: number) => ({ from: 24 * HOUR * n, to: 24 * HOUR * (n + 1) });
const found = (n: number, isSound = false): Finding => ({ check: 'amounts', isSound, text: '', day: day(n) });

describe('refused days', () => {
  it('are kept once each, until a person accepts them', async () => {
    const work = await mkdtemp(join(tmpdir(), 'refused-'));
    expect(await refusedDays(work)).toEqual([]);
    await keepRefused(work, { before: [], checks: [found(1, true)] });
    // Where nothing is refused nothing is written.
    expect(await readdir(work)).toEqual([]);
    await keepRefused(work, { before: [], checks: [found(3), found(3), found(4, true)] });
    await keepRefused(work, { before: await refusedDays(work), checks: [found(2), found(3)] });
    expect(await refusedDays(work)).toEqual([day(2), day(3)]);
    expect(await refusedDays(work, day(2).to)).toEqual([day(3)]);
    await keepRefused(work, { before: await refusedDays(work, day(9).to), checks: [] });
    expect(await refusedDays(work)).toEqual([]);
  });

  it('are waited after until a day has come that can be looked at', () => {
    expect(waitForDay([], 0)).toBeUndefined();
    expect(waitForDay([day(1), day(0)], day(1).to + 20 * HOUR)).toMatchObject({ isSound: false });
    expect(waitForDay([day(1), day(0)], day(1).to + 22 * HOUR)).toBeUndefined();
  });

  it('hide no other day, of which hardly anything is missing', () => {
    const late = { from: day(2).from - 2 * HOUR, to: day(2).to - 2 * HOUR };
    expect(isMostlyThere([day(1)], late)).toBe(true);
    expect(isMostlyThere([day(1)], { from: late.from - HOUR, to: late.to - HOUR })).toBe(false);
    expect(isMostlyThere([day(1)], day(1))).toBe(false);
  });
});
