import { expect, it } from 'vitest';
import { z } from 'zod';
import { exportsOf, unregistered } from '../../../test/unregistered.ts';
import { InputError } from '../../slate/input-error.ts';
import { defineRule, type RuleDefinition } from './define-rule.ts';
import { parseRules, ruleKinds, rulesIn } from './rules.ts';

const forgotten: RuleDefinition<'forgotten', readonly string[]> = defineRule({
  name: 'forgotten',
  schema: z.string(),
  sentence: (id) => `forget ${id}`,
  names: () => [],
  demands: (id, { indexOf }) => [{ never: [indexOf(id) ?? 0] }],
});

it('has a line for every rule that a file of the room defines', async () => {
  const room = await exportsOf(import.meta.dirname);
  expect(ruleKinds.names).toHaveLength(8);
  expect(unregistered(room, 'rule', ruleKinds)).toEqual([]);
});

it('finds a file whose line was forgotten', async () => {
  const room = { ...(await exportsOf(import.meta.dirname)), 'forgotten.ts': { forgotten } };
  expect(unregistered(room, 'rule', ruleKinds)).toEqual([
    'forgotten.ts: forgotten has no line in the registry of its room',
  ]);
});

it('refuses rules of a kind without a line, read from JSON or given by a program', () => {
  expect(() => parseRules({ forgotten: ['i1'] }, 'r')).toThrow('r: expected one of pin, exclude');
  expect(() => rulesIn({ forgotten: ['i1'] }, ruleKinds)).toThrow('rule: expected one of pin, exclude');
  expect(parseRules({ forgotten: ['i1'] }, 'r', ruleKinds.with([forgotten]))).toEqual({ forgotten: ['i1'] });
});

const whole = { name: 'x', schema: z.string(), sentence: String, names: () => [], demands: () => [] };

it.each<[object, string]>([
  [{ demands: undefined }, 'demands: expected a function from an entry and a request to demands, found nothing'],
  [{ names: undefined }, 'names: expected a function from an entry to the fields that it names, found nothing'],
  [{ sentence: 'x' }, 'sentence: expected a function from an entry to words, found "x"'],
  [{ schema: undefined }, 'schema: expected a Zod schema'],
  [{ name: undefined }, 'expected a name of at most'],
  [{ name: '__proto__' }, 'expected a name of at most'],
])('refuses a definition with %o', (part, sentence) => {
  expect(() => defineRule({ ...whole, ...part })).toThrow(InputError);
  expect(() => defineRule({ ...whole, ...part })).toThrow(sentence);
});
