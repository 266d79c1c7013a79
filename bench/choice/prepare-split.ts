/** A split of the choice data as a log of its own, prepared: training choices first and test choices last, so that none is known before its time. */

import type { ChoiceData } from '../../examples/choice/occasions.ts';
import type { ChoiceSplit } from '../../examples/choice/splits.ts';
import { createInMemorySlates } from '../../src/datasets/slate-source/in-memory-slates.ts';
import { normaliseSlates } from '../../src/encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems } from '../../src/encoding/columns/slate-encoder.ts';
import { fitNormaliser } from '../../src/encoding/encoders/normaliser.ts';
import type { Prepared } from '../../src/jobs/prepare.ts';
import { createMemory } from '../../src/memory/memory.ts';
import { prepare, resolveRecipe, settingsDefaults, silentReporter, type TrainingConfig } from '../../src/steps.ts';
import { writeChoices } from './measured-files.ts';

/**
 * What a choice is predicted from. `alternatives`: what was on offer and nothing else, in training as on test: the terms of a multinomial logit.
 * `earlier answers` too: those of the same household up to this one, its other test choices among them, as a log that goes on would have it.
 */
export type Known = 'alternatives' | 'earlier answers';

export interface PreparedSplit {
  readonly prepared: Prepared;
  readonly config: TrainingConfig;
}

/** How one row of the table is made. */
export interface ChoiceRow {
  readonly known: Known;
  /** Whether an alternative has a vector of its own beside what its fields say. */
  readonly ids: boolean;
  /** Changes to `attention-choice`. */
  readonly recipe: object;
}

/** `at`: a path to be continued, for the log and its cache. */
export async function prepareSplit(
  at: string,
  { choices, split, row }: { choices: ChoiceData; split: ChoiceSplit; row: ChoiceRow },
): Promise<PreparedSplit> {
  const { known, ids, recipe } = row;
  const order = [split.train, split.validation, split.test].flat();
  const log = `${at}.jsonl`;
  await writeChoices(log, { ...choices, occasions: order.map((index) => choices.occasions[index]) });
  const settings = {
    ...settingsDefaults,
    split: {
      ...settingsDefaults.split,
      by: 'time' as const,
      train: split.train.length / order.length,
      validation: split.validation.length / order.length,
    },
    encoders: { ...settingsDefaults.encoders, itemIdMinCount: ids ? 1 : 0 },
    recipes: { 'attention-choice': recipe },
  };
  const config = resolveRecipe('attention-choice', settings);
  const prepared = await prepare(log, { settings, configs: [config], cacheFolder: at, reporter: silentReporter });
  return { prepared: known === 'alternatives' ? await withoutMemory(prepared) : prepared, config };
}

/** Encodes every list anew from a memory that meets metadata only: no list and no answer ever enters it, so all that is left to learn from is what was on offer. */
async function withoutMemory(prepared: Prepared): Promise<Prepared> {
  const { dataset, encoded } = prepared;
  const { encoders, historyLength } = encoded.features;
  const encoder = createSlateEncoder({ encoders, historyLength });
  const memory = createMemory({ ...memoryItems(encoder), ...encoded.memory.settings });
  const builder = encoder.begin();
  for await (const row of dataset.rows()) {
    if (row.kind === 'impression') builder.add(row.impression, memory.asOf(row.impression.ranking.time));
    else memory.apply(row.event);
  }
  const slates = builder.finish();
  const { slot: slotColumns, context: contextColumns } = encoder.columns;
  // The training lists come first.
  const trainSlots = Array.from({ length: slates.offsets[encoded.train.length] }, (_, slot) => slot);
  const features = {
    ...encoded.features,
    slotNormaliser: fitNormaliser(slates.slotDenseSF, { columns: slotColumns.length, rows: trainSlots }),
    contextNormaliser: fitNormaliser(slates.contextDenseBF, { columns: contextColumns.length, rows: encoded.train }),
  };
  const normalised = createInMemorySlates(normaliseSlates(slates, features));
  return { ...prepared, encoded: { ...encoded, slates: normalised, features, memory } };
}
