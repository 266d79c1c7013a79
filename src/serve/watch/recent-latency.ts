/** How long the last calls of each route took. */

/** Calls of a route that are kept in mind. */
const KEPT = 1000;

/** Of the last calls of one route; milliseconds. */
export interface RouteLatency {
  readonly route: string;
  /** Calls since the start. */
  readonly calls: number;
  /** Of these: errors that are the server's. */
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface RecentLatency {
  add(call: { readonly route: string; readonly status: number; readonly seconds: number }): void;
  /** Of the routes that were called, in the order of their names. */
  routes(): readonly RouteLatency[];
}

interface Kept {
  readonly seconds: Float64Array;
  calls: number;
  failed: number;
}

export function createRecentLatency(): RecentLatency {
  const byRoute = new Map<string, Kept>();
  return {
    add({ route, status, seconds }) {
      const kept = byRoute.get(route) ?? { seconds: new Float64Array(KEPT), calls: 0, failed: 0 };
      byRoute.set(route, kept);
      kept.seconds[kept.calls++ % KEPT] = seconds;
      if (status >= 500) kept.failed++;
    },
    routes: () =>
      [...byRoute]
        .map(([route, { seconds, calls, failed }]) => {
          const sorted = seconds.slice(0, Math.min(calls, KEPT)).sort();
          const at = (share: number): number =>
            1000 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
          return { route, calls, failed, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
        })
        .sort((a, b) => (a.route < b.route ? -1 : 1)),
  };
}
