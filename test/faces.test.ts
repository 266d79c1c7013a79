/** What a program sees of the package: its faces, their names, and the declarations that they lead to. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const { exports: faces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
};
/** Of each face its file without an ending: `index`, `data`, ... */
const files = Object.entries(faces).flatMap(([, face]) =>
  typeof face === 'string' ? [] : [face['slatewise-source'].replace(/^\.\/src\/(.*)\.ts$/, '$1')],
);

let folder = '';
let declarations = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faces-'));
  declarations = join(folder, 'declarations');
  const { status, stdout } = compile(
    ...['-p', join(ROOT, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', declarations],
  );
  if (status !== 0) throw new Error(stdout);
}, 120_000);

const compile = (...args: readonly string[]): { readonly status: number | null; readonly stdout: string } =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args], { encoding: 'utf8' });

const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]/g;

/** The declaration files that are reached from these, themselves included, relative to `root`; each with the file that leads to it. */
function reached(from: readonly string[], root: string): ReadonlyMap<string, string> {
  const found = new Map(from.map((file) => [`${file}.d.ts`, '']));
  for (const file of found.keys()) {
    for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(IMPORTED)) {
      const target = relative(root, resolve(root, dirname(file), path.replace(/\.[jt]s$/, '.d.ts'))).replaceAll(
        '\\',
        '/',
      );
      if (!existsSync(join(root, target))) throw new Error(`${file} imports ${path}, which is not there`);
      if (!found.has(target)) found.set(target, file);
    }
  }
  return found;
}

/** The names that a face exports, types among them. */
const namesOf = (face: string): readonly string[] =>
  [...readFileSync(join(ROOT, 'src', `${face}.ts`), 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(
    ([, list]) =>
      list
        .split(',')
        .map((name) => name.replace(/^\s*type /, '').trim())
        .filter((name) => name !== ''),
  );

describe('the faces of the package', () => {
  it('have a file each, at source and when built, and types for both', () => {
    expect(faces['./package.json']).toBe('./package.json');
    for (const [name, face] of Object.entries(faces)) {
      if (typeof face === 'string') continue;
      const file = name === '.' ? 'index' : name.slice(2);
      expect(face).toEqual({
        'slatewise-source': `./src/${file}.ts`,
        types: `./dist/${file}.d.ts`,
        default: `./dist/${file}.js`,
      });
      expect(Object.keys(face), name).toEqual(['slatewise-source', 'types', 'default']);
    }
  });

  it('begin with a page of at most 20 names', () => {
    const names = namesOf('index');
    expect(names).toEqual(expect.arrayContaining(['train', 'open', 'ListModel', 'InputError', 'defineFields']));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(20);
  });

  it('lead to no declaration of the engine', () => {
    const found = reached(files, declarations);
    expect(found.size).toBeGreaterThan(50);
    const engine = [...found].filter(([file]) => /^(graph|runtime)\//.test(file));
    expect(engine.map(([file, by]) => `${by} leads to ${file}`)).toEqual([]);
  });

  it('compile in a strict program that checks the declarations of its libraries too', () => {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const paths = Object.fromEntries(
      files.map((file) => [file === 'index' ? 'slatewise' : `slatewise/${file}`, [join(declarations, `${file}.d.ts`)]]),
    );
    const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
    const compilerOptions = { ...strict, skipLibCheck: false, noEmit: true, types: ['node'], paths };
    const modules = { target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'NodeNext' };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...modules }, include: ['*.ts'] }),
    );
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const program of ['ten-lines.ts', 'thirty-lines.ts', 'score-a-list.ts', 'server.ts'])
      copyFileSync(join(ROOT, 'examples', program), join(folder, program));
    const every = Object.keys(paths).map((name, at) => `export * as face${at} from '${name}';`);
    writeFileSync(join(folder, 'every.ts'), every.join('\n'));
    expect(compile('-p', folder)).toMatchObject({ stdout: '', status: 0 });
    writeFileSync(join(folder, 'wrong.ts'), "import { trian } from 'slatewise';\nexport const wrong = trian;\n");
    expect(compile('-p', folder).stdout).toContain('trian');
  }, 240_000);

  it('would be found to lead there, as every room above the engine does', () => {
    const found = reached(['scoring/scoring-pool'], declarations);
    expect([...found.keys()].some((file) => file.startsWith('runtime/'))).toBe(true);
  });
});
