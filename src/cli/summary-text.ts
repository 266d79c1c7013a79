import Table from 'cli-table3';
import type { ImportSummary } from '../datasets/folder/import-summary.ts';
import { ignoredReason } from '../encoding/field-kinds/ignored.ts';
import type { FieldStatistics } from '../encoding/field-values/field-statistics.ts';
import { isLeftOut, kindIn } from '../encoding/schema/kind-in.ts';
import type { FeatureSchema, FieldOverrides } from '../encoding/schema/schema.ts';

/** What an import found, for people. */
export function summaryLines(summary: ImportSummary): string {
  const { lines, lists, listsWithoutClick, shownItems, clicks, items, users, itemsWithoutMetadata, otherInteractions } =
    summary;
  const rate = shownItems > 0 ? ((100 * clicks) / shownItems).toFixed(1) : '0';
  // Without a list there is no time to tell.
  const when = lists > 0 ? `from ${date(summary.firstTime)} to ${date(summary.lastTime)} UTC; ` : '';
  return [
    `${lines} lines: ${lists} lists of up to ${summary.longestList} items, ${shownItems} shown items, ${clicks} clicks (${rate} % of the shown)`,
    `${users} users, ${items} items, ${itemsWithoutMetadata} of the shown ones without metadata; ${listsWithoutClick} lists without a click (kept)`,
    `${when}${otherInteractions} interactions of other types; ${summary.rejected} lines rejected`,
    ...summary.warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
}

/** The fields and what they are taken for, and the share of what lists show that has them. */
export function schemaTable(
  fields: readonly FieldStatistics[],
  schema: FeatureSchema,
  { inLists, overrides }: Pick<ImportSummary, 'inLists'> & { readonly overrides: FieldOverrides },
): string {
  const table = new Table({
    head: ['field', 'kind', 'present', 'distinct', 'range, or why it is ignored'],
    style: { head: [], border: [] },
  });
  for (const field of fields) {
    const { scope, name, count, total, distinct, numbers, numericTexts, min, max } = field;
    const kind = kindIn(schema, field);
    const of = scope === 'item' || scope === 'user' ? inLists[scope] : { count: total, with: { [name]: count } };
    const ignored = Object.hasOwn(overrides, `${scope}.${name}`) ? 'the config says so' : ignoredReason(field);
    const range = numbers + numericTexts > 0 ? `${short(min)} to ${short(max)}` : '';
    table.push([
      `${scope}.${name}`,
      kind.name,
      `${((100 * (of.with[name] ?? 0)) / Math.max(1, of.count)).toFixed(1)} %`,
      String(distinct),
      isLeftOut(kind) ? ignored : range,
    ]);
  }
  return `${table.toString()}\nPresent: share of the items and users of lists, of the requests (ranking), of the shown items (rankedItem).\nA kind can be changed in the config: "fields": {"item.price": "numeric"}`;
}

const date = (time: number): string => new Date(time).toISOString().replace('T', ' ').slice(0, 16);
const short = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(4));
