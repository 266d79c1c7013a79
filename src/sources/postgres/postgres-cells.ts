/** How PostgreSQL's types become cells. Values come as the server writes them. */
import { isoTime } from '../../slate/iso-time.ts';

export type ReadCell = (text: string) => unknown;

const large: ReadCell = (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
};
const number: ReadCell = Number;
const same: ReadCell = (text) => text;
/** Its session writes times as ISO 8601, in UTC. Infinity, which has no time, stays a text. */
const moment: ReadCell = (text) => isoTime(text) ?? text;

const SCALARS: Readonly<Record<string, ReadCell>> = {
  bool: (text) => text === 't',
  ...{ int2: number, int4: number, int8: large, float4: number, float8: number, numeric: number },
  ...{ text: same, varchar: same, bpchar: same, name: same, uuid: same, json: same, jsonb: same },
  ...{ date: moment, timestamp: moment, timestamptz: moment },
};

export const isTimeName = (type: string): boolean => type === 'date' || type.startsWith('timestamp');
export const isNumberName = (type: string): boolean => /^(int[248]|float[48]|numeric)$/.test(type);
const isText = (type: string): boolean => ['text', 'varchar', 'bpchar', 'uuid'].includes(type);

/** How values of a type, by the name that PostgreSQL has for it, are read; undefined for a type that no field can have. An array, `_text`, is selected as JSON. */
export function readCell(type: string): ReadCell | undefined {
  if (Object.hasOwn(SCALARS, type)) return SCALARS[type];
  return isArray(type) && (isNumberName(type.slice(1)) || isText(type.slice(1)))
    ? (text) => JSON.parse(text)
    : undefined;
}

export const isArray = (type: string): boolean => type.startsWith('_');
