import { amounts } from './amounts.ts';
import { botTraffic } from './bot-traffic.ts';
import { brokenField } from './broken-field.ts';
import { clickRate } from './click-rate.ts';
import { clockJump } from './clock-jump.ts';
import type { DayCheck } from './day-check.ts';

/** All of them. */
export const dayChecks: readonly DayCheck[] = [botTraffic, brokenField, amounts, clickRate, clockJump];
