/** What is to be answered by a time, or not at all. */

/** What the work comes to; `late` once the milliseconds are over. The work goes on: its turn ends with it, and what it comes to is dropped. */
export async function within<T>(work: Promise<T>, milliseconds: number | undefined): Promise<T | 'late'> {
  if (milliseconds === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(0, milliseconds));
  });
  // Nobody waits for a failure after the deadline.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
