import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import {
  checkGrowing,
  checkReplaceable,
  checkWritable,
  openGrowing,
  removeGrowing,
  replaceFolder,
} from './output-folder.ts';
import { checkOutputs } from './outputs.ts';

const KIND = {
  name: 'a model',
  mark: 'model.json',
  isMark: (json: object) => 'scorer' in json,
  others: ['weights.bin'],
};
const MARK = '{"scorer": "attention"}';
let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'output-'));
});

async function folderOf(...files: readonly string[]): Promise<string> {
  const folder = join(home, 'f');
  await mkdir(folder);
  for (const file of files) await writeFile(join(folder, file), file === KIND.mark ? MARK : file);
  return folder;
}
const build = async (building: string): Promise<void> => writeFile(join(building, 'model.json'), 'new');

describe('an empty path', () => {
  it('is refused wherever something is written: it would be the working folder', async () => {
    for (const path of ['', ' ', 'a\0b', ...[undefined, 5, 10n, new Map()].map((none) => none as unknown as string)]) {
      let built = false;
      const refused = {
        code: 'output-refused',
        message: expect.stringMatching(/^the place to write: expected a path, found /),
      };
      const making = replaceFolder(path, KIND, async () => {
        built = true;
      });
      await expect(making).rejects.toMatchObject(refused);
      expect(built).toBe(false);
      for (const check of [
        checkReplaceable(path, KIND),
        checkWritable(path),
        checkOutputs([{ path, folder: KIND }], { inputs: [], note() {} }),
      ])
        await expect(check).rejects.toMatchObject(refused);
    }
  });
});

describe('replaceFolder', () => {
  it('lets calls for one place follow each other', async () => {
    const folder = join(home, 'f');
    const order: string[] = [];
    const slowly = (name: string, ms: number) => async (building: string) => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await writeFile(join(building, 'model.json'), `{"scorer": "${name}"}`);
      order.push(`${name} ends`);
    };
    const failing = replaceFolder(folder, KIND, async () => {
      throw new Error('no room');
    });
    const calls = [
      replaceFolder(folder, KIND, slowly('one', 30)),
      replaceFolder(`${folder}/`, KIND, slowly('two', 0)),
      replaceFolder(folder, KIND, slowly('three', 10)),
    ];
    await expect(failing).rejects.toThrow('no room');
    await Promise.all(calls);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toContain('three');
    expect(await readdir(home)).toEqual(['f']);
  });

  it.each<[string, readonly string[] | undefined]>([
    ['absent', undefined],
    ['empty', []],
    ['such a thing', ['model.json', 'weights.bin']],
  ])('puts the new in the place of what is %s', async (_, files) => {
    const folder = files ? await folderOf(...files) : join(home, 'deep/f');
    // A slash at the end must not make the folder its own neighbour.
    await replaceFolder(`${folder}/`, KIND, build);
    expect(await readdir(folder)).toEqual(['model.json']);
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe('new');
    expect(await readdir(join(folder, '..'))).toEqual(['f']);
  });

  it.each<[string, readonly string[], string]>([
    ['anything else', ['thesis.tex'], 'without model.json (thesis.tex)'],
    ['such a thing and something else', ['model.json', 'notes.md'], 'other things beside it (notes.md)'],
    ['much', ['a', 'b', 'c', 'd', 'e'], '(a, b, c and 2 more)'],
  ])('refuses %s before any work, and leaves it', async (_, files, found) => {
    const folder = await folderOf(...files);
    let worked = false;
    const replacing = replaceFolder(folder, KIND, async () => {
      worked = true;
    });
    await expect(replacing).rejects.toThrow(InputError);
    await expect(replacing).rejects.toThrow(found);
    expect(worked).toBe(false);
    expect(await readdir(folder)).toEqual(files);
    expect(await readdir(home)).toEqual(['f']);
  });

  it.each(['{"scorer"', '{"layers": []}', '[]', 'null', ''])('refuses a mark of another program: %s', async (text) => {
    const folder = await folderOf('model.json', 'weights.bin');
    await writeFile(join(folder, 'model.json'), text);
    await expect(replaceFolder(folder, KIND, build)).rejects.toThrow(
      'found a model.json that is not of a model; move it',
    );
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe(text);
  });

  it('leaves what came while it worked, and what was there when the work fails', async () => {
    const folder = await folderOf('model.json');
    const late = replaceFolder(folder, KIND, () => writeFile(join(folder, 'notes.md'), ''));
    await expect(late).rejects.toThrow('notes.md');
    await expect(replaceFolder(join(home, 'g'), KIND, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(home)).toEqual(['f']);
    expect(await readdir(folder)).toEqual(['model.json', 'notes.md']);
  });
});

it('tells a file in the way, of the folder or of one above it', async () => {
  const file = join(await folderOf('file'), 'file');
  for (const path of [file, join(file, 'below')]) {
    await expect(checkReplaceable(path, KIND)).rejects.toThrow(InputError);
    await expect(checkReplaceable(path, KIND)).rejects.toThrow(`found a file at ${file}`);
  }
});

// To root every folder is open.
it.skipIf(process.getuid?.() === 0)('tells a folder without rights', async () => {
  const folder = await folderOf();
  await chmod(folder, 0o500);
  await expect(checkReplaceable(join(folder, 'new'), KIND)).rejects.toThrow(`no right to write in ${folder}`);
});

describe('a folder that grows', () => {
  const grown = { name: 'a comparison', work: 'comparison', entries: ['report.json', 'runs'] };

  it('is one among anything else, and is known again by its mark', async () => {
    const folder = await folderOf('thesis.tex');
    await openGrowing(folder, grown);
    await writeFile(join(folder, 'report.json'), 'ours');
    await openGrowing(folder, grown);
    await removeGrowing(folder, grown);
    expect(await readdir(folder)).toEqual(['thesis.tex']);
    await openGrowing(join(home, 'absent'), grown);
    await removeGrowing(join(home, 'absent'), grown);
    expect(await readdir(home)).toEqual(['f']);
  });

  it.each(['report.json', 'runs', 'slatewise.json'])('is none where somebody else has a %s', async (name) => {
    const folder = await folderOf(name);
    await expect(openGrowing(folder, grown)).rejects.toThrow(`expected no ${name} but of a comparison`);
    await removeGrowing(folder, grown);
    expect(await readFile(join(folder, name), 'utf8')).toBe(name);
    expect(await readdir(folder)).toEqual([name]);
  });

  it('is none of another kind', async () => {
    await openGrowing(join(home, 'f'), { ...grown, work: 'search' });
    await expect(checkGrowing(join(home, 'f'), grown)).rejects.toThrow('found another slatewise.json');
  });
});
