import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkAddable, checkReplaceable, replaceFolder } from '../files/output-folder.ts';
import { InputError } from '../slate/input-error.ts';

const KIND = { name: 'a model', mark: 'model.json', others: ['weights.bin'] };
let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'output-'));
});

async function folderOf(...files: readonly string[]): Promise<string> {
  const folder = join(home, 'f');
  await mkdir(folder);
  for (const file of files) await writeFile(join(folder, file), file);
  return folder;
}
const build = async (building: string): Promise<void> => writeFile(join(building, 'model.json'), 'new');

describe('replaceFolder', () => {
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

it('adds to a folder of anything, but writes over no file of another', async () => {
  const rule = { mark: 'runs', files: ['report.json', 'report.html'] };
  const folder = await folderOf('thesis.tex');
  await checkAddable(folder, rule);
  await checkAddable(join(home, 'absent'), rule);
  await writeFile(join(folder, 'report.html'), 'mine');
  await expect(checkAddable(folder, rule)).rejects.toThrow('expected no report.html but of an earlier run');
  await mkdir(join(folder, 'runs'));
  await checkAddable(folder, rule);
});
