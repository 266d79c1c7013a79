// `npm run check:package`: packs, installs the tarball in an empty folder, and uses it there on every Node that package.json promises.
// Then runs the tests that another Node could break: conformance, import, sources, the door, the command line. The major version that runs this has `npm test` for all of them.
// `--no-tests` leaves the tests out; versions on the command line are tried in place of all.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const NODES = ['20.19.6', '22.23.3', '24.9.0', '26.12.1'];
const TESTS = ['conformance', 'src/datasets/import', 'src/sources', 'test/door', 'test/cli.test.ts'];

const root = resolve(import.meta.dirname, '..');
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const versions = given.length > 0 ? given : NODES;
const withTests = !process.argv.includes('--no-tests');

/** The same for every install: ONNX Runtime's script looks for CUDA files on the network. */
const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
const shell = process.platform === 'win32';

/** Runs to its end and returns what it printed; what went wrong ends the check. */
function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}\n`);
    process.stderr.write(`check-package: failed in ${cwd}: ${command} ${args.join(' ')}\n`);
    process.exit(1);
  }
}
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, env, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const say = (text) => process.stdout.write(`${text}\n`);

/** The binary of a Node, out of npm's package of it; kept between runs, outside of the tree. */
function nodeOf(version) {
  const name = `node-${shell ? 'win' : process.platform}-${process.arch}`;
  const folder = join(tmpdir(), 'slatewise-nodes', version);
  const binary = join(folder, 'node_modules', name, 'bin', shell ? 'node.exe' : 'node');
  if (!existsSync(binary))
    npm(
      ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, `${name}@${version}`],
      root,
    );
  return binary;
}

const majorOf = (version) => version.split('.')[0];

function expect(condition, sentence) {
  if (condition) return;
  process.stderr.write(`check-package: ${sentence}\n`);
  process.exit(1);
}

/** A project of a user: the tarball, and the thirty-line program compiled against its declarations as strictly as can be. */
function installed(folder) {
  const [{ filename, files }] = JSON.parse(
    npm(['pack', '--json', '--silent', '--pack-destination', folder], root).replace(/^[^[]*/, ''),
  );
  const packed = files.map(({ path }) => path);
  expect(
    packed.includes('dist/index.js') && packed.includes('bin/slatewise.mjs'),
    'expected dist and bin in the tarball, found them missing',
  );
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', '--no-audit', '--no-fund', '--silent', `./${filename}`], folder);
  copyFileSync(join(root, 'examples/thirty-lines.ts'), join(folder, 'thirty-lines.ts'));
  const compilerOptions = {
    ...{ target: 'ES2023', module: 'NodeNext', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['thirty-lines.ts'] }));
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], folder);
  say(`packed ${packed.length} files, installed, and the thirty-line program compiles`);
}

/** The command line from simulated log to slates, and the program. */
function use(node, folder) {
  const slatewise = (...args) => run(node, ['node_modules/slatewise/bin/slatewise.mjs', ...args], folder);
  for (const leftover of ['data', 'm', 'models', '.cache', 'e.jsonl'])
    rmSync(join(folder, leftover), { recursive: true, force: true });
  slatewise('--version');
  slatewise('simulate', '--impressions', '400', '--out', 'e.jsonl');
  slatewise('import', 'e.jsonl', '--out', 'data');
  writeFileSync(join(folder, 'c.json'), '{ "recipes": { "attention-listnet": { "epochs": 1 } } }');
  slatewise('train', 'data', '--config', 'c.json', '--out', 'm');
  // U+2028 ends a line for some readers of lines, but not in JSON lines.
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
  slatewise('evaluate', 'm', 'e.jsonl', '--held-out', '--generator', 'top,greedy', '--size', '3', '--json');
  run(node, ['thirty-lines.js'], folder);
  const stack = run(
    node,
    [
      '--enable-source-maps',
      '--input-type=module',
      '-e',
      "(await import('slatewise')).open('none').catch((error) => console.log(error.stack))",
    ],
    folder,
  );
  expect(
    /slatewise[/\\]src[/\\].*\.ts:\d+/.test(stack),
    `--enable-source-maps: expected lines of src in a stack, found ${stack}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'slatewise-package-'));
installed(folder);
for (const version of versions) {
  const node = nodeOf(version);
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  use(node, folder);
  say(`Node ${version}: the package works (${seconds()})`);
  if (!withTests || majorOf(version) === majorOf(process.versions.node)) continue;
  run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...TESTS], root);
  say(`Node ${version}: ${TESTS.join(', ')} pass (${seconds()})`);
}
rmSync(folder, { recursive: true, force: true });
