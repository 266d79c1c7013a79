/** The files that the program writes by a name that the user gives, and how it knows them again by their first line. */
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

export interface FileKind {
  /** For people, such as `a heat map`. */
  readonly name: string;
  /** Whether a file that begins like this is one. */
  isOurs(head: string): boolean;
}

/** Bytes of a file that are looked at. */
const HEAD = 1 << 16;

/** The first bytes of a file as text, unzipped where it is gzipped; of a gzip that is not valid, nothing. */
export async function headOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
    // Without its end it is still read as far as it goes.
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) return '';
    throw error;
  } finally {
    await file.close();
  }
}

/** What the first line of a file says as JSON; an empty object where it is none. */
export function firstLine(head: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(head.split('\n', 1)[0]);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Written into the root element of every picture. */
export const PICTURE_MARK = 'data-slatewise="picture"';

export const PICTURE: FileKind = {
  name: 'a picture of slatewise',
  isOurs: (head) => head.startsWith('<svg ') && head.slice(0, head.indexOf('>')).includes(PICTURE_MARK),
};

/** In the head of every page. */
export const PAGE_MARK = '<meta name="generator" content="slatewise">';

export const REPORT_PAGE: FileKind = { name: 'a report of slatewise', isOurs: (head) => head.includes(PAGE_MARK) };

/** First keys of JSON files that are none of a kind by their form. */
export const REPORT_MARK = { slatewise: 'report' } as const;

export const REPORT_JSON: FileKind = {
  name: 'a report of slatewise',
  isOurs: (head) => /^\{\s*"slatewise":\s*"report"/.test(head),
};

type Analysis = 'worth' | 'effects' | 'diagnose';

/** What an analysis found, for `report` and other programs: `worth.json`, `effects.json`, `diagnosis.json`. */
export const resultMark = (name: Analysis): { readonly slatewise: string } => ({ slatewise: name });

export const resultJson = (name: Analysis): FileKind => ({
  name: `what slatewise ${name} found`,
  isOurs: (head) => new RegExp(`^\\{\\s*"slatewise":\\s*"${name}"`).test(head),
});

/** First key of a config that `tune` found. */
export const TUNED_MARK = { $comment: 'found by slatewise tune' } as const;

export const TUNED_CONFIG: FileKind = {
  name: 'a config found by slatewise tune',
  isOurs: (head) => /^\{\s*"\$comment":\s*"found by slatewise tune"/.test(head),
};

export const EFFECTS_TABLE: FileKind = {
  name: 'a table of effects',
  isOurs: (head) => head.startsWith('kind,from,to,name,change,low,high,p,'),
};

export const REJECTED_LINES: FileKind = {
  name: 'rejected lines',
  isOurs: (head) => {
    const line = firstLine(head);
    return ['line', 'reason', 'message', 'raw'].every((key) => Object.hasOwn(line, key));
  },
};
