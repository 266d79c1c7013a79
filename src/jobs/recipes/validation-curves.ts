/** What a model finds on the validation lists at every threshold: kept in its folder, since its page is made without a log. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import { VALIDATION_FILE } from '../../files/folder-kinds.ts';
import { writeText } from '../../files/write-text.ts';
import { ITEM_RATE } from '../../measure/baselines.ts';
import { type ScoreCurves, scoreCurves } from '../../measure/score-curves.ts';

/** Plain JSON. */
export interface ValidationCurves {
  /** Of the model, then of the items' own click rates; none where nothing was clicked, or everything. */
  readonly curves: readonly ScoreCurves[];
  /** The precision that chance has. */
  readonly clickRate: number;
}

type Validated = Pick<Outcomes, 'labelS' | 'itemRateS'>;

export function validationCurves(
  { labelS, itemRateS }: Validated,
  { recipe, seed, logitS }: { readonly recipe: string; readonly seed: number; readonly logitS: Float32Array },
): ValidationCurves {
  const model = { recipe, seed, scale: 'logit', valueS: logitS, threshold: Number.NaN } as const;
  const rate = { recipe: ITEM_RATE, seed: 0, scale: 'probability', valueS: itemRateS, threshold: Number.NaN } as const;
  return {
    curves: [model, rate].flatMap((predictions) => scoreCurves({ labelS }, [predictions]) ?? []),
    clickRate: labelS.reduce((sum, label) => sum + label, 0) / labelS.length,
  };
}

export const saveValidationCurves = (folder: string, curves: ValidationCurves): Promise<void> =>
  writeText(join(folder, VALIDATION_FILE), `${JSON.stringify(curves)}\n`);

/** Undefined where the folder has none: of an earlier version, or saved by a program. */
export async function storedValidationCurves(folder: string): Promise<ValidationCurves | undefined> {
  const text = await readFile(join(folder, VALIDATION_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const json = JSON.parse(text) as Partial<ValidationCurves> | null;
    return Array.isArray(json?.curves) && typeof json?.clickRate === 'number'
      ? { curves: json.curves, clickRate: json.clickRate }
      : undefined;
  } catch {
    return undefined;
  }
}
