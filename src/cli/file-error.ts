/** What the system says of a file, in words; undefined for an error that is none of a file. */
export function fileErrorSentence(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const found = SENTENCES[code ?? ''];
  if (found === undefined) return undefined;
  const [place, what, remedy] = found;
  const named = [path, dest].filter((each) => each !== undefined).join(' to ');
  // What fails while it is written has no name in it.
  if (named === '' && !WRITING.includes(code ?? '')) return undefined;
  return `${named === '' ? 'writing' : named}: expected ${place}, found ${what} (${code}); ${remedy}`;
}

/** Errors of writing itself. */
const WRITING: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

const SENTENCES: Readonly<Record<string, readonly [string, string, string]>> = {
  ENOENT: ['a file or folder', 'none of this name', 'check the path'],
  ENOTDIR: ['a folder', 'a file in its way', 'check the path'],
  EISDIR: ['a file', 'a folder', 'name a file in it'],
  EEXIST: ['nothing of this name yet', 'something in the way', 'name another place'],
  ENOTEMPTY: ['nothing of this name yet', 'a folder with something in it', 'name another place'],
  EACCES: ['the right to read or write here', 'none', 'change its rights, or name another place'],
  EPERM: ['the right to read or write here', 'none', 'change its rights, or name another place'],
  EROFS: ['the right to write here', 'a read-only disk', 'name another place'],
  ENOSPC: ['room for the file', 'a full disk', 'make room and start again'],
  EDQUOT: ['room for the file', 'a full quota', 'make room and start again'],
  EFBIG: ['room for the file', 'a limit on its size', 'raise the limit and start again'],
  EIO: ['a disk that can be read and written', 'one that fails', 'name another place'],
  EMFILE: ['room for one more open file', 'too many open', 'raise the limit (ulimit -n)'],
};
