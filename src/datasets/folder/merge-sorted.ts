/**
 * Merges sources that are each in order; of equals, `before` in neither direction, the earlier source's comes first. Holds one record of each. However it ends, every source is told: some hold an
 * open file.
 */
export async function* mergeSorted<T>(
  sources: readonly AsyncIterator<T>[],
  before: (a: T, b: T) => boolean,
): AsyncGenerator<T> {
  try {
    const heads = await Promise.all(sources.map((source) => source.next()));
    for (;;) {
      let first: { readonly at: number; readonly value: T } | undefined;
      for (const [at, { done, value }] of heads.entries()) {
        if (!done && (first === undefined || before(value, first.value))) first = { at, value };
      }
      if (first === undefined) return;
      yield first.value;
      heads[first.at] = await sources[first.at].next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return?.()));
  }
}
