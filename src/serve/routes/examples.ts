/** What the documents show: a request of a small shop. `docs/serving.md` has the same. */

export const askExample: unknown = {
  requests: [{ user: 'u1', items: ['i1', 'i4', { id: 'i7', position: 2 }] }],
};

export const generateExample: unknown = {
  requests: [{ user: 'u1', items: ['i1', 'i4', 'i7', 'i8'] }],
  size: 2,
  rules: { exclude: ['i8'] },
  deadlineMs: 100,
};

export const eventsExample: unknown = [
  { event: 'ranking', id: 'page-1', user: 'u1', items: ['i4', 'i1', 'i7'] },
  { event: 'interaction', id: 'click-1', ranking: 'page-1', item: 'i4', type: 'click' },
];

export const metarankExample: unknown = {
  event: 'ranking',
  id: 'id1',
  items: [{ id: 'i1' }, { id: 'i4' }, { id: 'i7' }],
  user: 'alice',
  session: 'alice1',
  timestamp: 1661431892711,
};
