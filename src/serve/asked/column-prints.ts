import { createHash } from 'node:crypto';
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';

/** A hash of each column that a scorer reads, by its name. */
export type ColumnPrints = Readonly<Record<string, string>>;

/** Over the bytes of every array, its type and its length: two numbers that are equal but not the same bits differ. */
export function columnPrints(batch: SlateBatch): ColumnPrints {
  const prints: Record<string, string> = {};
  print(batch, '');
  return prints;

  function print(value: unknown, name: string): void {
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value;
      const hash = createHash('sha256').update(`${value.constructor.name} ${byteLength} `);
      prints[name] = hash
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('base64url')
        .slice(0, 16);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) print(part, name === '' ? key : `${name}.${key}`);
    } else if (value !== undefined) prints[name] = String(value);
  }
}

/** Columns that differ, or that only one has. */
export const differingColumns = (one: ColumnPrints, other: ColumnPrints): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
