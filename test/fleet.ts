/** Replicas over one Redis, in one process, and what tests tell and ask them. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createHost } from '../src/serve/host/create-host.ts';
import type { HostOptions } from '../src/serve/host/host-options.ts';
import type { ArrivingEvent, Host } from '../src/serve/host.ts';
import { modelsFolder } from './served-models.ts';

export const START = 1_800_000_000_000;
let journals = 0;
const models = modelsFolder('a');

export interface Fleet {
  /** Of one model, `a`. */
  readonly models: string;
  replica(name: string, options?: Partial<HostOptions>): Promise<Host>;
  readonly warnings: string[];
  readonly journal: string;
  /** The folder of a replica's snapshots. */
  snapshots(name: string): string;
}

export async function fleet(url: string): Promise<Fleet> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  const journal = `fleet-${journals++}`;
  const warnings: string[] = [];
  let time = START;
  return {
    models: await models,
    warnings,
    journal,
    snapshots: (name) => join(folder, name),
    replica: async (name, options) =>
      createHost({
        ...{ models: await models, active: 'a', journal: `${url}?journal=${journal}`, snapshots: join(folder, name) },
        ...{ now: () => time++, warn: (message: string) => void warnings.push(message), ...options },
      }),
  };
}

export const list = (id: string, user: string): ArrivingEvent => ({
  id,
  event: { event: 'ranking', id, user, time: START, items: ['small', 'medium', 'large'] },
});
export const click = (ranking: string, item: string, id?: string): ArrivingEvent => ({
  id,
  event: { event: 'interaction', ranking, item, type: 'click', time: START + 1 },
});
export const asked: readonly {
  readonly id: string;
  readonly user: string;
  readonly time: number;
  readonly items: readonly string[];
}[] = ['u0', 'u1', 'u2', 'stranger'].map((user) => ({
  ...{ id: 'q', user, time: START + 1_000_000, items: ['small', 'medium', 'large'] },
}));

/** Every replica at the same sequence, with the same answers. */
export async function expectSame(hosts: readonly Host[]): Promise<void> {
  const sequence = Math.max(...hosts.map((host) => host.sequence));
  for (const host of hosts) expect(await host.reached(sequence, 20_000)).toBe(true);
  const answers = await Promise.all(hosts.map((host) => host.model().score(asked)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  for (const host of hosts) {
    expect(host.sequence).toBe(sequence);
    expect(host.health.memory).toEqual(hosts[0].health.memory);
  }
}
