import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../datasets/folder/dataset.ts';
import type { FieldKind } from '../encoding/field-kinds/field-kinds.ts';
import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import { encodingNotes } from '../jobs/encoding-notes.ts';
import type { Prepared } from '../jobs/prepare.ts';
import type { TrainedCard } from '../jobs/recipes/train-model.ts';
import type { ModelCard } from '../scoring/model-folder.ts';
import type { RejectReason } from '../slate/error-code.ts';
import type { ModelReport, ReadReport, RejectedEvents } from './model-report.ts';

/** Events of each reason that are shown. */
const SHOWN = 3;
/** Characters of an event that are shown. */
const TEXT_LIMIT = 500;

export function reportOf(
  card: ModelCard,
  schema: FeatureSchema,
  more: Pick<ModelReport, 'read' | 'test'> = {},
): ModelReport {
  const { parts, epochs, keptEpoch, metrics } = (card as TrainedCard).protocol;
  return {
    recipe: card.recipe,
    seed: card.seed,
    ...(more.read ? { read: more.read } : {}),
    fields: kindsOf(schema),
    lists: { train: parts.train.lists, validation: parts.validation.lists, test: parts.test.lists },
    epochs: { trained: epochs.length, kept: keptEpoch },
    validation: metrics,
    ...(more.test ? { test: more.test } : {}),
  };
}

/** `told`: what was said to be wrong on the way. */
export async function readReport(prepared: Prepared, told: readonly string[]): Promise<ReadReport> {
  const { dataset } = prepared;
  const { summary } = dataset;
  const { lines: events, lists, listsWithoutClick, shownItems, clicks, items, users, firstTime, lastTime } = summary;
  return {
    ...{ events, lists, listsWithoutClick, shownItems, clicks, items, users },
    from: new Date(firstTime).toISOString(),
    to: new Date(lastTime).toISOString(),
    rejected: { count: summary.rejected, byReason: await rejectedOf(dataset) },
    warnings: [...new Set([...told, ...encodingNotes(prepared)])],
  };
}

function kindsOf(schema: FeatureSchema): Readonly<Record<string, FieldKind>> {
  const scopes = Object.keys(schema) as FieldScope[];
  return Object.fromEntries(
    scopes.flatMap((scope) => schema[scope].map(({ name, kind }) => [`${scope}.${name}`, kind])),
  );
}

async function rejectedOf({ folder, summary }: Dataset): Promise<ReadReport['rejected']['byReason']> {
  const first: Partial<Record<RejectReason, RejectedEvents['first'][number][]>> = {};
  if (summary.rejected > 0) {
    const lines = (await readFile(join(folder, 'rejected.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
    for (const text of lines) {
      const { line, reason, message, raw } = JSON.parse(text) as RejectedLine;
      const shown = first[reason] ?? [];
      first[reason] = shown;
      if (shown.length < SHOWN) shown.push({ event: line, message, text: raw.slice(0, TEXT_LIMIT) });
    }
  }
  const reasons = Object.entries(summary.rejectedByReason) as [RejectReason, number][];
  return Object.fromEntries(reasons.map(([reason, count]) => [reason, { count, first: first[reason] ?? [] }]));
}

interface RejectedLine {
  readonly line: number;
  readonly reason: RejectReason;
  readonly message: string;
  readonly raw: string;
}
