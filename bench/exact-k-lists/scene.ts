import { join } from 'node:path';
import { simulate } from '../../src/simulator/simulate.ts';
import { simulationDefaults } from '../../src/simulator/simulation-options.ts';
import { writeSimulation } from '../../src/simulator/write-simulation.ts';

/** What is compared, and on which market. */
export interface Scene {
  readonly folder: string;
  readonly log: string;
  /** The truth file. */
  readonly truth: string;
  /** Of the scorer. */
  readonly recipe: string;
  readonly objective: string;
  readonly size: number;
  readonly candidates: number;
  /** Requests that the pointer learns from. */
  readonly lessons: number;
  /** Requests that all are judged on. */
  readonly requests: number;
  /** Which generators search by the scorer. */
  readonly searches: readonly string[];
  /** Which pointers are trained: those that `pointersOf` knows. */
  readonly pointers: readonly string[];
}

/** A log of lists of 3 to 10 items, so that the scorer knows short ones, and its truth. */
export async function writeMarket(folder: string, impressions: number): Promise<Pick<Scene, 'log' | 'truth'>> {
  const [log, truth] = ['log.jsonl', 'truth.jsonl'].map((name) => join(folder, name));
  const simulation = { ...simulationDefaults, impressions, slateSize: { from: 3, to: 10 }, seed: 7 };
  await writeSimulation(simulate(simulation), { log, truth, header: { simulation } });
  return { log, truth };
}
