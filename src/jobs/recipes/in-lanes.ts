/**
 * Does the work of all, so many at a time, in their order. Once one says false or fails no other begins; what is under way ends first. False where one said so; rejects as the first that failed.
 */
export async function inLanes<T>(
  all: readonly T[],
  lanes: number,
  work: (each: T, at: number) => Promise<boolean>,
): Promise<boolean> {
  let [next, goesOn] = [0, true];
  const lane = async (): Promise<void> => {
    while (goesOn && next < all.length) {
      const at = next++;
      try {
        if (!(await work(all[at], at))) goesOn = false;
      } catch (error) {
        goesOn = false;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return goesOn;
}
