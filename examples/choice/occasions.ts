/** Files of choice experiments as one form: occasions, each with what was on offer and the one that was chosen. */

import { InputError } from 'slatewise';
import type { Fields } from 'slatewise/data';

export interface Alternative {
  readonly item: string;
  /** What holds of the alternative on this occasion only, such as its price today. */
  readonly fields: Fields;
}

export interface Occasion {
  /** Household or person; empty where the file names none. */
  readonly user: string;
  readonly fields: Fields;
  /** Those that were available, in the file's order. */
  readonly alternatives: readonly Alternative[];
  /** An index into `alternatives`; undefined where the person took none, and the file says so. */
  readonly chosen: number | undefined;
}

export interface ChoiceData {
  readonly occasions: readonly Occasion[];
  /** What holds of an item wherever it is offered. */
  readonly items: ReadonlyMap<string, Fields>;
  readonly users: ReadonlyMap<string, Fields>;
  /** Rows in which nothing, or nothing that was available, is chosen, and which do not say that this was meant. */
  readonly skipped: number;
  /** The file's own test part: occasions from here on. Undefined where it has none. */
  readonly testFrom?: number;
}

export type Row = Readonly<Record<string, string>>;

/** A table with a header; every row needs all its columns. */
export function parseTable(text: string, file: string): { readonly header: readonly string[]; readonly rows: Row[] } {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const cells = (line: string): string[] => line.split(',').map((cell) => cell.replaceAll('"', ''));
  const header = cells(head);
  const rows = lines.map((line, index): Row => {
    const values = cells(line);
    if (values.length === header.length) return Object.fromEntries(header.map((name, at) => [name, values[at]]));
    throw new InputError(
      `${file}: line ${index + 2}: expected ${header.length} values, found ${values.length}`,
      'file-damaged',
    );
  });
  return { header, rows };
}

/** The named columns as numbers. */
export function numbersOf(row: Row, columns: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const text = row[column];
      const value = text === undefined || text === '' ? Number.NaN : Number(text);
      if (Number.isFinite(value)) return [name, value];
      throw new InputError(`column "${column}": expected a number, found ${JSON.stringify(text)}`, 'file-damaged');
    }),
  );
}

/** Collects occasions; those without exactly one chosen alternative are counted and left out. */
export function createCollector(): {
  add(occasion: Omit<Occasion, 'chosen'>, chosen: readonly number[]): void;
  data(known: Pick<ChoiceData, 'items' | 'users'>): ChoiceData;
} {
  const occasions: Occasion[] = [];
  let skipped = 0;
  return {
    add(occasion, chosen) {
      const [only] = chosen;
      if (chosen.length === 1 && occasion.alternatives[only] !== undefined)
        occasions.push({ ...occasion, chosen: only });
      else skipped++;
    },
    data: (known) => ({ occasions, skipped, ...known }),
  };
}
