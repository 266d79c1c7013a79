/** Values as they were at a moment, though they go on changing: whoever changes one tells before. */
export interface Watch<T extends object, S> {
  /** To be called before a value changes. */
  before(value: T): void;
  begin(): MomentPicture<T, S>;
}

export interface MomentPicture<T extends object, S> {
  /** What the value was when the picture began. */
  of(value: T): S;
  end(): void;
}

export function createWatch<T extends object, S>(save: (value: T) => S): Watch<T, S> {
  const open: Map<T, S>[] = [];
  return {
    before(value) {
      for (const saved of open) if (!saved.has(value)) saved.set(value, save(value));
    },
    begin() {
      const saved = new Map<T, S>();
      open.push(saved);
      return {
        of: (value) => saved.get(value) ?? save(value),
        end() {
          const at = open.indexOf(saved);
          if (at >= 0) open.splice(at, 1);
        },
      };
    },
  };
}
