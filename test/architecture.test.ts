import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom (ARCHITECTURE.md): a room and the rooms below it that it may use. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  random: [],
  slate: [],
  tensor: [],
  graph: ['tensor'],
  files: ['slate'],
  metrics: ['slate', 'random'],
  runtime: ['tensor', 'graph'],
  nn: ['tensor', 'graph', 'random'],
  losses: ['slate', 'tensor', 'graph'],
  memory: ['slate'],
  encoding: ['slate', 'memory'],
  simulator: ['slate', 'files', 'random'],
  sources: ['slate', 'files', 'runtime'],
  datasets: ['slate', 'files', 'memory', 'encoding', 'sources', 'runtime', 'random'],
  models: ['slate', 'encoding', 'nn', 'tensor', 'graph', 'random'],
  scoring: ['slate', 'files', 'memory', 'encoding', 'datasets', 'models', 'tensor', 'graph', 'runtime', 'random'],
  generate: ['slate', 'files', 'memory', 'encoding', 'models', 'scoring', 'tensor', 'graph', 'runtime', 'random'],
  train: [
    ...[
      'slate',
      'files',
      'memory',
      'encoding',
      'datasets',
      'models',
      'scoring',
      'generate',
      'nn',
      'losses',
      'tensor',
      'graph',
      'runtime',
    ],
    ...['metrics', 'random'],
  ],
  testing: [
    'slate',
    'encoding',
    'models',
    'generate',
    'losses',
    'metrics',
    'nn',
    'tensor',
    'graph',
    'runtime',
    'random',
  ],
  measure: ['slate', 'metrics', 'random'],
  export: ['slate', 'files', 'memory', 'encoding', 'models', 'scoring', 'tensor', 'runtime'],
  print: ['slate', 'measure', 'scoring'],
  jobs: [
    ...[
      'slate',
      'files',
      'memory',
      'encoding',
      'sources',
      'datasets',
      'simulator',
      'models',
      'scoring',
      'generate',
      'losses',
      'train',
    ],
    ...['measure', 'metrics', 'random', 'runtime'],
  ],
  playground: [
    ...['slate', 'sources', 'datasets', 'simulator', 'models', 'scoring', 'train', 'metrics', 'runtime', 'jobs'],
  ],
  live: [
    ...[
      'slate',
      'memory',
      'encoding',
      'sources',
      'datasets',
      'models',
      'scoring',
      'generate',
      'metrics',
      'train',
      'jobs',
      'runtime',
    ],
  ],
  serve: [
    ...[
      'slate',
      'files',
      'memory',
      'encoding',
      'datasets',
      'models',
      'scoring',
      'generate',
      'jobs',
      'live',
      'random',
      'sources',
      'measure',
    ],
  ],
  retrain: [
    ...[
      'slate',
      'files',
      'encoding',
      'memory',
      'sources',
      'datasets',
      'scoring',
      'train',
      'measure',
      'metrics',
      'jobs',
    ],
    'serve',
  ],
  cli: [
    ...[
      'slate',
      'files',
      'memory',
      'encoding',
      'sources',
      'datasets',
      'simulator',
      'scoring',
      'generate',
      'train',
      'measure',
    ],
    ...['print', 'jobs', 'serve', 'retrain', 'export'],
  ],
};

const SOURCE = resolve(import.meta.dirname, '../src');

const { browser } = JSON.parse(readFileSync(resolve(SOURCE, '../package.json'), 'utf8')) as {
  readonly browser: Readonly<Record<string, string>>;
};
/** A file of Node's, and what a bundle for browsers gets in its place. */
const inBrowser: ReadonlyMap<string, string> = new Map(
  Object.entries(browser)
    .filter(([path]) => path.startsWith('./src/'))
    .map(([path, other]) => [path.slice('./src/'.length), other.slice('./src/'.length)]),
);
const standIns: ReadonlySet<string> = new Set(inBrowser.values());

interface Import {
  readonly file: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const isTest = (file: string): boolean => file.endsWith('.test.ts');
const roomOf = (file: string): string => file.split('/')[0];

/** Whatever a file names to load: `from`, bare and dynamic imports, `require`, in either kind of quotes. */
const LOADED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"]+)\1/g;
const textOf = (file: string): string => readFileSync(join(SOURCE, file), 'utf8');
const loadedBy = (text: string): readonly string[] => [...text.matchAll(LOADED)].map(([, , path]) => path);

const imports: Import[] = files
  .filter((file) => file.includes('/') && !isTest(file))
  .flatMap((file) =>
    loadedBy(textOf(file))
      .filter((path) => path.startsWith('.'))
      .map((path) => relative(SOURCE, resolve(SOURCE, dirname(file), path)).replaceAll('\\', '/'))
      .map((target) => ({ file, target, from: roomOf(file), to: roomOf(target) })),
  );

const EXPORTED = /^export (?:async )?(?:interface|type|class|const|function\*?) (\w+)/gm;

type Edge = readonly [from: string, to: string];

/** Whatever a file loads when it runs: what is imported as a type is gone by then. */
const runBy = (file: string): readonly string[] =>
  loadedBy(textOf(file).replaceAll(/^(?:import|export) type [^;]*;/gms, ''));

/** All files that a bundle for browsers holds that begins with these. */
function bundleOf(entries: readonly string[]): readonly string[] {
  const found = new Set(entries);
  for (const file of found)
    for (const path of runBy(file).filter((path) => path.startsWith('.'))) {
      const target = relative(SOURCE, resolve(SOURCE, dirname(file), path)).replaceAll('\\', '/');
      found.add(inBrowser.get(target) ?? target);
    }
  return [...found];
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');

/** One circle for each node that is reached from itself, the shortest, from its least node on. */
function circles(edges: readonly Edge[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const found = [...next.keys()].flatMap((start) => {
    const queue: (readonly string[])[] = [[start]];
    const seen = new Set<string>();
    for (const path of queue) {
      for (const to of next.get(path[path.length - 1]) ?? []) {
        if (to === start) return path.some((node) => node < start) ? [] : [[...path, start].join(' -> ')];
        if (seen.has(to)) continue;
        seen.add(to);
        queue.push([...path, to]);
      }
    }
    return [];
  });
  return found;
}

describe('the house', () => {
  it('has only the rooms of the table', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
    expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('lets every room import only what stands below it', () => {
    const wrong = imports.filter(({ from, to }) => from !== to && !ROOMS[from].includes(to));
    expect(wrong.map(({ file, to }) => `${file} imports ${to}/`)).toEqual([]);
  });

  it('has no room that stands below itself', () => {
    const below = (room: string): string[] => ROOMS[room].flatMap((each) => [each, ...below(each)]);
    for (const room of Object.keys(ROOMS)) expect(below(room)).not.toContain(room);
  });

  it('has no circle of files, not even of types only, but for tensors and their operators', () => {
    const edges = imports.map(({ file, target }): Edge => [file, target]);
    expect(circles(edges.filter(([file]) => !file.startsWith('graph/')))).toEqual([]);
  });

  it('has no circle of the rooms within a room', () => {
    // What a room's root holds is the contract that its inner rooms fill and the register that lists them.
    const innerOf = (file: string): string => dirname(file);
    const isInner = (folder: string): boolean => folder.includes('/');
    const edges = imports
      .map(({ file, target }): Edge => [innerOf(file), innerOf(target)])
      .filter(([from, to]) => from !== to && isInner(from) && isInner(to));
    expect(circles(edges)).toEqual([]);
  });

  it('gives every exported name to one thing only, but for operators, the functions that build on them, and what stands in for Node in a browser', () => {
    const names = files
      .filter(
        (file) =>
          !isTest(file) && !standIns.has(file) && !file.startsWith('graph/operators/') && file !== 'graph/leaves.ts',
      )
      // A function with several forms is written several times in its file.
      .flatMap((file) => [...new Set([...textOf(file).matchAll(EXPORTED)].map(([, name]) => name))]);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
  });

  it('finds a circle where there is one', () => {
    expect(
      circles([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ]),
    ).toEqual(['b -> c -> b']);
    expect(
      circles([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
      ]),
    ).toEqual([]);
  });

  it('knows ONNX Runtime in one room only', () => {
    const users = files.filter(
      (file) => !isTest(file) && loadedBy(textOf(file)).some((path) => path.startsWith('onnxruntime-')),
    );
    expect(users).not.toEqual([]);
    expect(users.map(roomOf).filter((room) => room !== 'runtime')).toEqual([]);
  });

  it('bundles nothing of Node for a browser', () => {
    const bundled = bundleOf(['playground/playground.ts', 'runtime/web/place.ts']);
    expect(bundled.length).toBeGreaterThan(200);
    const ofNode = bundled.flatMap((file) => [
      ...runBy(file)
        .filter((path) => path.startsWith('node:') || path === 'onnxruntime-node')
        .map((path) => `${file} imports ${path}`),
      ...[...withoutComments(textOf(file)).matchAll(/(?<![\w.])(?:Buffer\b|SharedArrayBuffer\b|process\.)/g)].map(
        ([name]) => `${file} has ${name}`,
      ),
    ]);
    expect(ofNode).toEqual([]);
  });

  it('has for each file that a browser is given a built one, with the same exports', () => {
    const names = (file: string): readonly string[] => [...textOf(file).matchAll(EXPORTED)].map(([, name]) => name);
    for (const [file, other] of inBrowser) {
      expect(names(file), other).toEqual(expect.arrayContaining([...names(other)]));
      const built = (path: string): string => `./dist/${path.replace(/ts$/, 'js')}`;
      expect(browser[built(file)]).toBe(built(other));
    }
    expect(Object.keys(browser)).toHaveLength(2 * inBrowser.size);
  });

  it('draws no random number but from an rng', () => {
    const users = files.filter((file) => !isTest(file) && textOf(file).includes('Math.random('));
    expect(users).toEqual([]);
  });

  it('keeps files to 300 lines, tests of many cases to 360', () => {
    const linesOf = (file: string): number => textOf(file).trimEnd().split('\n').length;
    expect(files.filter((file) => linesOf(file) > (isTest(file) ? 360 : 300))).toEqual([]);
  });

  it('sees every way to load a file', () => {
    const text = `import a from './a.ts';\nimport "./b.ts"; export * from "./c.ts";\nawait import('d'); require("e");
import {\n  f,\n} from './f.ts'; import type { G } from './g.ts'; const from = 'h';`;
    expect(loadedBy(text)).toEqual(['./a.ts', './b.ts', './c.ts', 'd', 'e', './f.ts', './g.ts']);
  });
});

const ROOT = resolve(SOURCE, '..');

/** Pages of the repository itself. */
function pages(folder = ROOT): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : pages(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });
}
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.cache', '.venv', 'runs', 'models', 'data', 'coverage']);

describe('the pages', () => {
  const map = readFileSync(join(ROOT, 'AGENTS.md'), 'utf8');

  it('map every room and every inner room, and none that is gone', () => {
    const rows = [...map.matchAll(/^\| `([a-z]+)\/` \|[^|]*\|([^|]*)\|$/gm)];
    const mapped = rows.flatMap(([, room, inner]) => [
      room,
      ...[...inner.matchAll(/`([a-z-]+)\/`/g)].map(([, name]) => `${room}/${name}`),
    ]);
    const sources = files.filter((file) => !isTest(file) && file.includes('/'));
    const code = sources.flatMap((file) => [roomOf(file), dirname(file)]);
    expect(mapped.toSorted()).toEqual([...new Set(code)].sort());
  });

  it('name only source files that there are', () => {
    const known = new Set([...files, ...['bench', 'examples', 'test'].flatMap((folder) => filesOf(folder))]);
    const gone = pages()
      .filter((page) => /^(?:ARCHITECTURE\.md|GLOSSARY\.md|docs\/)/.test(relative(ROOT, page).replaceAll('\\', '/')))
      .flatMap((page) =>
        [...readFileSync(page, 'utf8').matchAll(/`(?:src\/)?([a-z-]+(?:\/[\w.-]+)+\.ts)`/g)]
          .filter(([, name]) => !known.has(name))
          .map(([, name]) => `${relative(ROOT, page)}: ${name}`),
      );
    expect(gone).toEqual([]);
  });

  it('link only to pages that there are', () => {
    const broken = pages().flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link.replace(/#.*$/, ''))
        .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
        .filter((link) => {
          const target = resolve(dirname(page), link);
          return !existsSync(target);
        })
        .map((link) => `${relative(ROOT, page)}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.replaceAll('\\', '/')}`,
  );
}
