import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import { ended } from './command-ending.ts';

const root = resolve(import.meta.dirname, '..');
const VERBS =
  'demo|simulate|import|validate|train|tune|compare|evaluate|diagnose|worth|effects|score|generate|explain|page|serve|audit|retrain|runs';
const COMMAND = new RegExp(`^ *(?:\\$ )?(?:npx )?slatewise ((?:${VERBS})\\b.*)$`, 'gm');

/** As a shell would cut it, without comment and redirection. */
function wordsOf(line: string): readonly string[] {
  const [command] = line.split(/ +#| [>|] /);
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

/** Throws what the command line would say of options and arguments; does nothing else. */
async function parse(words: readonly string[]): Promise<void> {
  const program = await createProgram();
  for (const command of program.commands)
    command.action(() => undefined).configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await program.parseAsync([...words], { from: 'user' });
}

const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(COMMAND)].map(([, command]) => command.trim());

const pages = ['README.md', ...filesIn('docs', '.md')];
const inPages = pages.flatMap((page) =>
  commandsIn(readFileSync(join(root, page), 'utf8').replaceAll(/ \\\n */g, ' ')).map((command) => [page, command]),
);

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

describe('a command that stands in a page, in a help text or in a hint can be pasted', () => {
  it('finds them', () => {
    expect(inPages.length).toBeGreaterThan(20);
  });

  it.each(inPages)('%s: %s', async (_, command) => {
    await expect(parse(wordsOf(command))).resolves.toBeUndefined();
  });

  it.each(VERBS.split('|'))('the examples of %s --help', async (verb) => {
    const commands = commandsIn((await ended(`${verb} --help`)).printed);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) await expect(parse(wordsOf(command)), command).resolves.toBeUndefined();
  });

  it('what messages in the code tell to run', async () => {
    const hints = filesIn('src', '.ts')
      .filter((path) => !path.endsWith('.test.ts'))
      .flatMap((path) => [
        ...readFileSync(join(root, path), 'utf8').matchAll(
          new RegExp(`(?:with|config:) npx slatewise ((?:${VERBS}) [^\`';]*)`, 'g'),
        ),
      ])
      .map(([, command]) => command.replaceAll(/\$\{[^}]*\}/g, 'x'));
    expect(hints.length).toBeGreaterThan(3);
    for (const hint of hints) {
      const recipe = hint.replace('--recipe x', '--recipe attention-bce').replace('--objective x', '--objective any');
      await expect(parse(wordsOf(recipe)), hint).resolves.toBeUndefined();
    }
  });

  it('every verb with --config has --no-config, which leaves it out', () => {
    const verbs = createProgram().commands.filter(({ options }) => options.some(({ long }) => long === '--config'));
    expect(verbs.map((verb) => verb.name())).toEqual(
      'demo import validate train tune compare diagnose worth effects evaluate score generate explain export retrain report'.split(
        ' ',
      ),
    );
    for (const verb of verbs) {
      verb.parseOptions(['--config', 'mine.json']);
      expect(verb.opts().config, verb.name()).toBe('mine.json');
      verb.parseOptions(['--no-config']);
      expect(verb.opts().config, verb.name()).toBe(false);
    }
    for (const verb of createProgram().commands) expect(verb.opts().config, verb.name()).toBeUndefined();
  });

  it('and a command that cannot be pasted is found', async () => {
    await expect(parse(wordsOf('train --recipe attention-bce --show-confg'))).rejects.toThrow('unknown option');
    await expect(parse(wordsOf('simulate --seed 1'))).rejects.toThrow('--out');
    await expect(parse(wordsOf('compare d --seeds three'))).rejects.toThrow('whole number');
  });
});
