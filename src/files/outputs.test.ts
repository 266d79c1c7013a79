import { link, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import { PICTURE, PICTURE_MARK, REJECTED_LINES } from './file-kinds.ts';
import { COMPARISON_FOLDER, DATASET_FOLDER, MODEL_FOLDER, TRAINING_FOLDER, trainingBeside } from './folder-kinds.ts';
import { checkOutputs, type Output } from './outputs.ts';

const OURS = `<svg ${PICTURE_MARK} role="img"></svg>`;
let home = '';
const at = (...names: readonly string[]): string => join(home, ...names);
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'outputs-'));
  await mkdir(at('model'));
  await writeFile(at('model', 'model.json'), '{"format": 4, "scorer": "attention", "card": {}}');
  await mkdir(at('data'));
  await writeFile(at('data', 'import.json'), '{"format": 3, "labelTypes": [], "joinWindow": 1}');
  await writeFile(at('q.jsonl'), '{}');
  await writeFile(at('mine.svg'), '<svg role="img"></svg>');
  await writeFile(at('ours.svg'), OURS);
});

/** The sentence of a refusal, and everything that was noted; nothing may have changed. */
async function told(
  outputs: readonly Output[],
  inputs: readonly (string | undefined)[] = [],
): Promise<readonly string[]> {
  const notes: string[] = [];
  const before = await snapshot();
  const short = (text: string): string => text.replaceAll(`${home}/`, '');
  try {
    await checkOutputs(outputs, { inputs, note: (note) => void notes.push(short(note)) });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    notes.push(short((error as Error).message));
  }
  expect(await snapshot()).toEqual(before);
  return notes;
}
const snapshot = (): Promise<readonly string[]> => readdir(home, { recursive: true });
const picture = (...names: readonly string[]): Output => ({ path: at(...names), file: PICTURE });

describe('an output file', () => {
  it('is written where nothing is, and replaces its own, which is told', async () => {
    expect(await told([picture('new.svg')], [at('q.jsonl')])).toEqual([]);
    expect(await told([picture('deep', 'er', 'new.svg')])).toEqual([]);
    expect(await told([picture('ours.svg')])).toEqual(['ours.svg: will replace a picture of slatewise']);
    // What is sent to a device is lost in no file.
    expect(await told([{ path: '/dev/null', file: PICTURE }])).toEqual([]);
  });

  it('replaces nothing else', async () => {
    const sentence =
      'mine.svg: expected no such file yet, or a picture of slatewise to replace, found another file; move it, or name another';
    expect(await told([picture('mine.svg')])).toEqual([sentence]);
    await symlink(at('mine.svg'), at('link.svg'));
    expect(await told([picture('link.svg')])).toEqual([sentence.replace('mine', 'link')]);
    expect(await told([picture('model')])).toEqual([
      'model: expected a file to write, found a folder; name a file in it',
    ]);
    expect((await told([picture('q.jsonl', 'x.svg')]))[0]).toContain('q.jsonl; name another');
  });

  it('is no input, by whatever name', async () => {
    await link(at('ours.svg'), at('hard.svg'));
    await symlink(at('ours.svg'), at('soft.svg'));
    await symlink(home, at('here'));
    for (const name of ['ours.svg', 'hard.svg', 'soft.svg', 'here/ours.svg', 'model/../ours.svg'])
      expect(await told([picture(name)], ['-', undefined, at('q.jsonl'), at('ours.svg')])).toEqual([
        `${name === 'model/../ours.svg' ? 'ours.svg' : name}: expected another place than ours.svg, which is read, found the same; name another`,
      ]);
  });

  it('lies in no data set and no model', async () => {
    await symlink(at('model'), at('alias'));
    for (const name of ['model/new.svg', 'model/deep/new.svg', 'alias/new.svg', 'data/new.svg'])
      expect(await told([picture(name)])).toEqual([
        `${name}: expected a place outside of data sets and models, found ${name.startsWith('data') ? 'a data set' : 'a model'} at ${name.startsWith('data') ? 'data' : 'model'}; name another`,
      ]);
    // A model.json of another program makes no model.
    await mkdir(at('app'));
    await writeFile(at('app', 'model.json'), '{"layers": []}');
    expect(await told([picture('app', 'new.svg')])).toEqual([]);
  });
});

describe('outputs of one command', () => {
  it('are at different places', async () => {
    await symlink(home, at('here'));
    expect((await told([picture('a.svg'), picture('here', 'a.svg')]))[0]).toContain(
      'a.svg: expected another place than a.svg, which is written too, found the same',
    );
    expect(
      (
        await told([
          { path: at('m'), folder: MODEL_FOLDER },
          { path: at('m', 'cache'), cache: true },
        ])
      )[0],
    ).toContain('m/cache: expected a place outside of m, which is written as a whole');
  });

  it('replace folders of their own kind only', async () => {
    expect(await told([{ path: at('model'), folder: MODEL_FOLDER }])).toEqual(['model: will replace the model there']);
    expect((await told([{ path: at('data'), folder: MODEL_FOLDER }]))[0]).toContain('without model.json');
    expect((await told([{ path: at('model', 'data'), folder: DATASET_FOLDER }]))[0]).toContain(
      'found a model at model',
    );
    expect((await told([{ path: at('data'), growing: COMPARISON_FOLDER }]))[0]).toContain('found a data set at data');
  });

  it('leave a folder that is only named like a training', async () => {
    const training = { path: trainingBeside(`${at('m')}/`), growing: TRAINING_FOLDER };
    expect(training.path).toBe(at('m.training'));
    await mkdir(training.path);
    await writeFile(join(training.path, 'notes.txt'), '');
    expect(await told([training])).toEqual([]);
    await writeFile(join(training.path, 'checkpoint.bin'), '');
    expect((await told([training]))[0]).toContain('expected no checkpoint.bin but of a training under way');
  });
});

it('takes no file for its own by its name', async () => {
  await writeFile(at('rejected.jsonl'), '{"line": 1, "text": "mine"}\n');
  const output = { path: at('rejected.jsonl'), file: REJECTED_LINES };
  expect((await told([output]))[0]).toContain('or rejected lines to replace, found another file');
  await writeFile(output.path, '{"line": 1, "reason": "no-json", "message": "m", "raw": "x"}\n');
  expect(await told([output])).toEqual(['rejected.jsonl: will replace rejected lines']);
  expect(await readFile(at('ours.svg'), 'utf8')).toBe(OURS);
});
