/** The one place that decides what a command may write, before it works: nothing that the program did not write is ever replaced. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../slate/input-error.ts';
import { type FileKind, headOf } from './file-kinds.ts';
import { CLOSED_FOLDERS, type FolderKind, type GrowingFolderKind } from './folder-kinds.ts';
import { checkGrowing, checkReplaceable, checkWritable, markIn, refuseNoPath } from './output-folder.ts';
import { isWithin, placeOf, samePlace } from './places.ts';

/** Something that a command will write. */
export type Output =
  | { readonly path: string; readonly file: FileKind }
  | { readonly path: string; readonly folder: FolderKind }
  | { readonly path: string; readonly growing: GrowingFolderKind }
  /** Holds folders of other kinds, each checked when it is written. */
  | { readonly path: string; readonly cache: true };

export interface OutputsOptions {
  /** What the command reads; `-` and what is undefined are passed over. */
  readonly inputs: readonly (string | undefined)[];
  /** Told what will be replaced. */
  readonly note: (message: string) => void;
}

/**
 * Refuses in one sentence an output that is an input or another output, lies within a data set, a model or a generator, cannot be written, or would replace what the
 * program did not write. Touches nothing. Throws `InputError`.
 */
export async function checkOutputs(outputs: readonly Output[], { inputs, note }: OutputsOptions): Promise<void> {
  for (const { path } of outputs) refuseNoPath(path);
  for (const [at, output] of outputs.entries()) {
    const { path } = output;
    for (const input of inputs) {
      if (input !== undefined && input !== '-' && (await samePlace(path, input)))
        throw new InputError(
          `${path}: expected another place than ${input}, which is read, found the same; name another`,
          'output-refused',
        );
    }
    for (const other of outputs.slice(0, at)) await refuseClash(other, output);
    // A data set that is there already is read without any cache: what imports a log looks there itself.
    if (!('cache' in output)) await refuseInside(path, { orAt: 'growing' in output });
    const replaced = await checkKind(output);
    if (replaced !== undefined) note(`${path}: will replace ${replaced}`);
  }
}

/** What will be replaced, in words. */
async function checkKind(output: Output): Promise<string | undefined> {
  if ('file' in output) return (await checkFile(output.path, output.file)) ? output.file.name : undefined;
  if ('folder' in output)
    return (await checkReplaceable(output.path, output.folder))
      ? `the ${output.folder.name.replace(/^an? /, '')} there`
      : undefined;
  if ('growing' in output) await checkGrowing(output.path, output.growing);
  else await checkWritable(output.path);
  return undefined;
}

/** True where a file of this kind is there. A device or a pipe is written to, never replaced. */
export async function checkFile(path: string, kind: FileKind): Promise<boolean> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!facts) await checkWritable(dirname(path));
  if (facts?.isDirectory())
    throw new InputError(`${path}: expected a file to write, found a folder; name a file in it`, 'output-refused');
  if (!facts?.isFile()) return false;
  await access(path, constants.W_OK);
  if (facts.size === 0) return false;
  if (kind.isOurs(await headOf(path))) return true;
  throw new InputError(
    `${path}: expected no such file yet, or ${kind.name} to replace, found another file; move it, or name another`,
    'output-refused',
  );
}

/** Two outputs at one place, or one in a folder that the other replaces. */
async function refuseClash(one: Output, other: Output): Promise<void> {
  if (await samePlace(one.path, other.path))
    throw new InputError(
      `${other.path}: expected another place than ${one.path}, which is written too, found the same; name another`,
      'output-refused',
    );
  for (const [folder, inner] of [
    [one, other],
    [other, one],
  ]) {
    if ('folder' in folder && (await isWithin(inner.path, folder.path)))
      throw new InputError(
        `${inner.path}: expected a place outside of ${folder.path}, which is written as a whole, found one within; name another`,
        'output-refused',
      );
  }
}

/**
 * Throws `InputError` for a place within a data set or a model: they are replaced as a whole. `orAt`: such a folder itself is no place either, as it is where what is written replaces
 * it.
 */
export async function refuseInside(path: string, { orAt = false }: { readonly orAt?: boolean } = {}): Promise<void> {
  refuseNoPath(path);
  const place = await placeOf(path);
  let folder = orAt ? place : dirname(place);
  for (; ; folder = dirname(folder)) {
    for (const kind of CLOSED_FOLDERS) {
      if (await markIn(folder, kind))
        throw new InputError(
          `${path}: expected a place outside of data sets and models, found ${kind.name} at ${folder}; name another`,
          'output-refused',
        );
    }
    if (dirname(folder) === folder) return;
  }
}
