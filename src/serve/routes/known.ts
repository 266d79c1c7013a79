/** Who and what is known, to look through. */
import type { Found } from '../host.ts';
import { itemsAnswer, itemsQuery, searchQuery, usersAnswer } from '../wire/known-schemas.ts';
import { MOST_FOUND, MOST_LOOKED_THROUGH } from '../wire/limits.ts';
import { defineRoute, type Route } from './route.ts';

export const itemsRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/items',
  scope: 'rank',
  kind: 'ruling',
  summary: 'Items that are known, with their fields: those whose id or text holds what is looked for.',
  query: itemsQuery,
  answer: itemsAnswer,
  handle: async ({ query: { id, ...query } }, { host }) => {
    if (id !== undefined) {
      const items = [...new Set([id].flat())].flatMap((each) => host.known.item(each) ?? []);
      return { items, isPartial: false };
    }
    const { found, isPartial } = search(host.known.items(), query);
    return { items: found, isPartial };
  },
});

/** Users are persons: whose key is for asking only need not know who there is. */
export const usersRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/users',
  scope: 'admin',
  kind: 'ruling',
  summary: 'Users that are known, with their fields: those whose id or text holds what is looked for.',
  query: searchQuery,
  answer: usersAnswer,
  handle: async ({ query }, { host }) => {
    const { found, isPartial } = search(host.known.users(), query);
    return { users: found, isPartial };
  },
});

/** Those whose id begins with it first; each in the order in which they were met. */
export function search(
  all: Iterable<Found>,
  {
    search: wanted = '',
    limit = MOST_FOUND,
  }: { readonly search?: string | undefined; readonly limit?: number | undefined },
): { readonly found: readonly Found[]; readonly isPartial: boolean } {
  const word = wanted.toLowerCase();
  const [first, others]: [Found[], Found[]] = [[], []];
  let looked = 0;
  let isPartial = false;
  for (const each of all) {
    if (first.length >= limit || looked++ >= MOST_LOOKED_THROUGH) {
      isPartial = true;
      break;
    }
    const id = each.id.toLowerCase();
    if (id.startsWith(word)) first.push(each);
    else if (others.length <= limit && (id.includes(word) || holds(each, word))) others.push(each);
  }
  const found = [...first, ...others];
  return { found: found.slice(0, limit), isPartial: isPartial || found.length > limit };
}

const holds = ({ fields }: Found, word: string): boolean =>
  Object.values(fields).some((value) =>
    Array.isArray(value)
      ? value.some((part) => String(part).toLowerCase().includes(word))
      : String(value).toLowerCase().includes(word),
  );
