/** Sentences that a program may be told speak of the program's options; where they name one of the command line too, they say so. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What only the command line calls: `jobs/generators` is behind `evaluate --generator`. */
const OF_THE_COMMAND_LINE = ['cli/', 'print/', 'jobs/generators/'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(?<!\.test)\.ts$/.test(file) && !OF_THE_COMMAND_LINE.some((room) => file.startsWith(room)));

/** Lines with a text in which this stands. */
const linesWith = (pattern: RegExp): readonly string[] =>
  files.flatMap((file) =>
    readFileSync(join(SRC, file), 'utf8')
      .split('\n')
      .filter((line) => /['"`]/.test(line) && !/^\s*(?:\*|\/\*|\/\/)/.test(line) && pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

it('an option of the command line is named as one, or in a command', () => {
  const lines = linesWith(/(?<=[ '"`(])--[a-z]/);
  expect(files.length).toBeGreaterThan(200);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !/on the command line|npx slatewise|in a program/.test(line))).toEqual([]);
});

it('what a program gives as settings is not called a config, nor a verb its answer', () => {
  expect(linesWith(/in the config\b|\bslatewise validate says/)).toEqual([]);
});
