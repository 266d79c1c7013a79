import { describe, expect, it } from 'vitest';
import { unique } from '../generate/rules/unique.ts';
import { bceLoss } from '../losses/bce.ts';
import { attentionScorer } from '../models/scorers/attention-scorer.ts';
import { lossConformance } from './loss-conformance.ts';
import { metricConformance } from './metric-conformance.ts';
import { ruleConformance } from './rule-conformance.ts';
import { scorerConformance } from './scorer-conformance.ts';

const suites = {
  lossConformance: [lossConformance, 'a loss made by defineLoss'],
  scorerConformance: [scorerConformance, 'a scorer made by defineScorer'],
  metricConformance: [metricConformance, 'a metric made by defineMetric'],
  ruleConformance: [ruleConformance, 'a rule made by defineRule'],
} as const;
type Suite = (...given: unknown[]) => unknown;
const refused = (message: string): unknown =>
  expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) });

describe.each(Object.entries(suites))('%s', (name, [suite, made]) => {
  it.each<[unknown, string]>([
    [undefined, 'found nothing; give one'],
    [null, 'found null; give one'],
    [5, 'found 5; give one'],
    ['bce', 'found "bce"; give one'],
    [{}, 'found {}; give one'],
    [[], 'found []; give one'],
    [() => 5, 'found a function; give one'],
    [Promise.resolve(bceLoss), 'found a promise; await it'],
    [{ kind: name.replace('Conformance', ''), name: 'x' }, 'found {"kind":'],
  ])('refuses %o', (given, found) => {
    expect(() => (suite as Suite)(given, {})).toThrow(refused(`${name}: expected ${made}, ${found}`));
  });
});

const examples = { entries: ['shop'], fields: () => ({ shop: 1 }), keeps: () => true };

it.each<[() => unknown, string]>([
  [() => lossConformance(bceLoss, null as never), 'lossConformance: expected an object of no keys, found null'],
  [() => lossConformance(bceLoss, { gama: 2 } as never), 'lossConformance: expected one of'],
  [() => scorerConformance(attentionScorer, { widht: 8 } as never), 'found "widht"; did you mean "width"?'],
  [() => ruleConformance(unique, undefined as never), 'ruleConformance: expected an object of entries, fields, keeps'],
  [() => ruleConformance(unique, { ...examples, entries: [] }), 'expected at least one entry in a list of entries'],
  [() => ruleConformance(unique, { ...examples, keeps: true as never }), 'expected keeps as a function, found true'],
])('what is given beside a definition is judged: %#', (run, sentence) => {
  expect(run).toThrow(refused(sentence) as Error);
});

it.each<[object, string]>([
  [{ keeps: () => undefined }, 'rule "unique": expected keeps of the examples to return true or false, found nothing'],
  [
    { keeps: async () => true },
    'rule "unique": expected keeps of the examples to return true or false, found a promise',
  ],
  [
    { fields: () => null },
    'rule "unique": expected fields of the examples to return the fields of an item, found null',
  ],
  [{ fields: () => ({ shop: null }) }, 'the fields of an item, found {"shop":null}'],
])('so are the answers of examples: %o', (part, sentence) => {
  const [{ run }] = ruleConformance(unique, { ...examples, ...part });
  expect(run).toThrow(refused(sentence) as Error);
});
