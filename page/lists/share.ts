/** A list in the address of the page: what stands behind # is sent to no server. */
import { emptyState, type ListState, MOST_ITEMS } from './list-state.ts';

/** So long an address is still taken by every browser and most messengers. */
const LONGEST = 200_000;

/** `part`: of the page, that is shown first. */
export function toHash(state: ListState, part?: 'compare'): string {
  const given = Object.fromEntries(
    Object.entries(state).filter(([name, value]) => {
      const empty: unknown = emptyState[name as keyof ListState];
      return value !== undefined && JSON.stringify(value) !== JSON.stringify(empty);
    }),
  );
  const bytes = new TextEncoder().encode(JSON.stringify(given));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `#${part === undefined ? '' : `${part}&`}list=${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The list of an address; undefined where it has none, or one that cannot be read. Whatever it holds is checked: anybody may have written it. */
export function fromHash(hash: string): ListState | undefined {
  const [, text] = /[#&]list=([A-Za-z0-9_-]+)/.exec(hash.slice(0, LONGEST)) ?? [];
  if (text === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
    const given: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isRecord(given)) return undefined;
    const ids = (name: string): readonly string[] => {
      const value = given[name];
      return isIds(value) ? [...new Set(value)] : [];
    };
    const record = (name: string): Readonly<Record<string, never>> => {
      const value = given[name];
      return isRecord(value) ? (value as Readonly<Record<string, never>>) : {};
    };
    const word = (name: string): string => {
      const value = given[name];
      return typeof value === 'string' ? value : '';
    };
    const items = ids('items').slice(0, MOST_ITEMS);
    const { time } = given;
    return {
      ...{ model: word('model'), user: word('user'), items },
      ...(typeof time === 'number' || typeof time === 'string' ? { time } : {}),
      candidates: ids('candidates').filter((id) => !items.includes(id)),
      ...{ context: record('context'), listed: record('listed'), asIf: record('asIf') },
      pinned: ids('pinned').filter((id) => items.includes(id)),
      excluded: ids('excluded').filter((id) => !items.includes(id)),
    };
  } catch {
    return undefined;
  }
}
