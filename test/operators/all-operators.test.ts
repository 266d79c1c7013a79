import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const operators = readdirSync(join(import.meta.dirname, '../../src/graph/operators')).map((file) =>
  file.replace('.ts', '').replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
);
const tests = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('all-operators'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

it.each(operators)('%s is tested against plain numbers', (operator) => {
  const said = tests.includes(`operator: '${operator}'`) || tests.includes(`it('${operator}: `);
  expect(said).toBe(true);
});
