import type { Network } from '../../models/model.ts';
import type { TableGroup } from '../../models/tables/embedding-tables.ts';
import type { FlatLayout } from '../../runtime/job.ts';
import type { OptimizerConfig } from '../recipes/training-config.ts';
import { type AdamState, type AdamW, createAdamW } from './adamw.ts';
import { createSparseAdamW, type SparseAdamW } from './sparse-adamw.ts';

/** The optimizers of a whole model: one for the flat parameters, one for each table. */
export interface Optimizers {
  readonly dense: AdamW;
  readonly tables: Readonly<Record<TableGroup, readonly SparseAdamW[]>>;
  /** What a checkpoint keeps, by name. */
  states(): Readonly<Record<string, AdamState>>;
}

/** `from` continues with stored states. */
export function createOptimizers(
  model: Network,
  layout: FlatLayout,
  {
    config,
    from,
  }: { readonly config: OptimizerConfig; readonly from: Readonly<Record<string, AdamState>> | undefined },
): Optimizers {
  const stored = (name: string): { state?: AdamState } => (from ? { state: from[name] } : {});
  const named: [string, { readonly state: AdamState }][] = [];
  const keep = <T extends { readonly state: AdamState }>(name: string, optimizer: T): T => {
    named.push([name, optimizer]);
    return optimizer;
  };
  const tables = (kind: TableGroup): readonly SparseAdamW[] =>
    model.tables[kind].map((table) => {
      const name = `${kind}.${table.spec.name}`;
      return keep(name, createSparseAdamW(table, { weightDecay: config.embeddingDecay, ...stored(name) }));
    });
  const decays = decayFlags(model, layout);
  return {
    dense: keep('dense', createAdamW({ decays, weightDecay: config.weightDecay, ...stored('dense') })),
    tables: { item: tables('item'), context: tables('context'), user: tables('user'), id: tables('id') },
    states: () => Object.fromEntries(named.map(([name, { state }]) => [name, state])),
  };
}

function decayFlags(model: Network, layout: FlatLayout): Uint8Array {
  const flags = new Uint8Array(layout.length);
  for (const { name, offset, length } of layout.entries) {
    if (model.parameters[name].decays) flags.fill(1, offset, offset + length);
  }
  return flags;
}
