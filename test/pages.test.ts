import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Markdown of ours, and the API reference that is made from docstrings. */
const pages: readonly string[] = ['.', 'docs', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules')),
);

/** A page's lines without its blocks of code. */
function prose(page: string): string {
  return read(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/^ {4}.*$/gm, '');
}

describe('a page', () => {
  it.each(pages)('%s has no line of more than 160 characters', (page) => {
    const long = read(page)
      .split('\n')
      .flatMap((line, at) => (line.length > 160 ? [`line ${at + 1}: ${line.slice(0, 60)}`] : []));
    expect(long).toEqual([]);
  });

  it.each(pages)('%s links to files and headings that are there', (page) => {
    for (const [, target] of prose(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path, heading] = target.split('#');
      const to = path === '' ? page : join(dirname(page), path);
      expect(existsSync(join(root, to)), `${page} links to ${target}`).toBe(true);
      if (!/\.md$/.test(to)) continue;
      const text = read(to);
      if (heading !== undefined) expect(headingsOf(text), `${page} links to ${target}`).toContain(heading);
    }
  });
});

/** As GitHub names them; the API reference has anchors, since headings there share names. */
const headingsOf = (text: string): readonly string[] => [
  ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  ),
  ...[...text.matchAll(/<a id="([^"]*)">/g)].map(([, name]) => name),
];

describe('the README', () => {
  it.each(['examples/ten-lines.ts', 'examples/thirty-lines.ts'])('quotes %s to the letter', (example) => {
    const code = read(example)
      .replace(/^\/\*\*[\s\S]*?\*\/\n/, '')
      .trim();
    expect(read('README.md')).toContain(`\`\`\`ts\n${code}\n\`\`\``);
  });
});

describe('docs/kinds.md', () => {
  const examples = readdirSync(join(root, 'examples'))
    .filter((name) => name.startsWith('own-'))
    .map((name) => read(join('examples', name)))
    .join('\n');
  const blocks = [...read('docs/kinds.md').matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    .map(([, code]) => code.replace(/^import .*\n/gm, '').replace(/^export /gm, ''))
    .filter((code) => /^(?:\/\/.*\n)?const \w+ = define/m.test(code));

  it('quotes what the examples define, to the letter', () => {
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks)
      for (const definition of block.trim().split(/\n\n(?=const|\/\/)/)) expect(examples).toContain(definition);
  });
});
