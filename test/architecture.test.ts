import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom (ARCHITECTURE.md): a room and the rooms below it that it may use. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  random: [],
  slate: [],
  graph: [],
  metrics: ['random'],
  features: ['slate'],
  runtime: ['graph'],
  nn: ['graph', 'random'],
  losses: ['graph'],
  data: ['slate', 'features', 'random'],
  models: ['slate', 'features', 'nn', 'graph', 'random'],
  scoring: ['slate', 'features', 'models', 'graph', 'runtime', 'random'],
  generate: ['slate', 'features', 'models', 'scoring', 'graph', 'runtime', 'random'],
  evaluate: ['slate', 'features', 'data', 'models', 'scoring', 'generate', 'metrics', 'random', 'runtime'],
  train: [
    'slate',
    'features',
    'data',
    'models',
    'scoring',
    'generate',
    'nn',
    'losses',
    'graph',
    'runtime',
    'metrics',
    'random',
  ],
  runs: [
    'slate',
    'features',
    'data',
    'models',
    'scoring',
    'generate',
    'evaluate',
    'train',
    'metrics',
    'random',
    'runtime',
  ],
  cli: ['slate', 'features', 'data', 'scoring', 'generate', 'evaluate', 'train', 'runs'],
};

const SOURCE = resolve(import.meta.dirname, '../src');

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const isTest = (file: string): boolean => file.endsWith('.test.ts');
const roomOf = (file: string): string => file.split('/')[0];

const imports: Import[] = files
  .filter((file) => file.includes('/') && !isTest(file))
  .flatMap((file) =>
    [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => ({
      file,
      from: roomOf(file),
      to: roomOf(relative(SOURCE, resolve(SOURCE, dirname(file), path)).replaceAll('\\', '/')),
    })),
  );

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

  it('knows ONNX Runtime in one room only', () => {
    const users = files.filter(
      (file) => !isTest(file) && readFileSync(join(SOURCE, file), 'utf8').includes("from 'onnxruntime-node'"),
    );
    expect(users.map(roomOf).filter((room) => room !== 'runtime')).toEqual([]);
  });

  it('draws no random number but from an rng', () => {
    const users = files.filter(
      (file) => !isTest(file) && readFileSync(join(SOURCE, file), 'utf8').includes('Math.random('),
    );
    expect(users).toEqual([]);
  });

  it('keeps files short enough for two screens', () => {
    const long = files.filter((file) => readFileSync(join(SOURCE, file), 'utf8').split('\n').length > 360);
    expect(long).toEqual([]);
  });
});
