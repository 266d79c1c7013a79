/** Ids of the last million lists or more: memory stays bounded, however many there are. */
export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

const GENERATION = 1_000_000;

export function createRecentIds(generation: number = GENERATION): RecentIds {
  let recent = new Set<string>();
  let before = new Set<string>();
  return {
    has: (id) => recent.has(id) || before.has(id),
    add(id) {
      recent.add(id);
      if (recent.size < generation) return;
      before = recent;
      recent = new Set();
    },
  };
}
