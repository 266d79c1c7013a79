import type { OffPolicyRow } from '../../measure/generator-report.ts';
import { offPolicyNames } from '../../measure/off-policy.ts';

/** What is to be said of estimates: each sentence once, with the generators and the estimates that it is about. */
export function offPolicyDoubts(rows: readonly OffPolicyRow[]): readonly string[] {
  const about = new Map<string, Map<string, string[]>>();
  for (const { name, doubts } of rows)
    for (const id of offPolicyNames) {
      const doubt = doubts[id];
      if (doubt === undefined) continue;
      const named = about.get(doubt) ?? new Map<string, string[]>();
      about.set(doubt, named);
      named.set(name, [...(named.get(name) ?? []), id]);
    }
  return Array.from(about, ([doubt, named]) => `${subjectOf(named, rows.length)}: ${doubt}.`);
}

/** What holds of all generators alike names none. */
function subjectOf(named: ReadonlyMap<string, readonly string[]>, rows: number): string {
  const [[, first], ...others] = named;
  const isOfAll = named.size === rows && others.every(([, ids]) => ids.join() === first.join());
  if (isOfAll && rows > 1) return first.join(', ');
  return Array.from(named, ([name, ids]) => `${name}, ${ids.join(', ')}`).join('; ');
}
