/**
 * What every kind promises, as checks for kinds of one's own. Whatever runs tests runs them: `for (const { name, run } of checks) test(name, run)`.
 *
 * @module slatewise/testing
 */
export type { Check } from './testing/check.ts';
export { lossConformance } from './testing/loss-conformance.ts';
export { metricConformance } from './testing/metric-conformance.ts';
export { ruleConformance } from './testing/rule-conformance.ts';
export type { RuleExamples } from './testing/rule-examples.ts';
export { scorerConformance } from './testing/scorer-conformance.ts';
