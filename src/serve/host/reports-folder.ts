/** Pages that commands wrote (`report`, `compare`, `experiment`, ...), in one folder and those within it. */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ReportPage {
  /** Its path within the folder. */
  readonly name: string;
  readonly title: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Files that are looked at, at most: a folder of something else may be given. */
const MOST_LOOKED_AT = 2_000;
const MOST_TOLD = 200;
/** Folders within folders. */
const DEEPEST = 4;
const LARGEST = 16 * 2 ** 20;
/** Every page of ours says so in its head. */
const MARK = '<meta name="generator" content="slatewise">';
const HEAD_BYTES = 4_096;

/** The reports, the latest first; what is no page of ours is passed over. */
export async function reportsIn(folder: string): Promise<readonly ReportPage[]> {
  const found: ReportPage[] = [];
  for (const name of await pagesIn(folder)) {
    const title = await titleOf(join(folder, name)).catch(() => undefined);
    if (title !== undefined) found.push({ name, title, at: (await stat(join(folder, name))).mtimeMs });
  }
  return found.toSorted((a, b) => b.at - a.at).slice(0, MOST_TOLD);
}

/** The text of a report; undefined where `reportsIn` tells none of this name: no other file is ever opened. */
export async function reportText(folder: string, name: string): Promise<string | undefined> {
  if (!(await reportsIn(folder)).some((report) => report.name === name)) return undefined;
  const path = join(folder, name);
  return (await stat(path)).size > LARGEST ? undefined : readFile(path, 'utf8');
}

async function pagesIn(folder: string): Promise<readonly string[]> {
  const pages: string[] = [];
  let level = [''];
  for (let depth = 0; depth < DEEPEST && level.length > 0 && pages.length < MOST_LOOKED_AT; depth++) {
    const next: string[] = [];
    for (const inner of level) {
      const entries = await readdir(join(folder, inner), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
        if (entry.name.startsWith('.')) continue;
        // Links are followed nowhere.
        if (entry.isDirectory()) next.push(path);
        else if (entry.isFile() && entry.name.endsWith('.html')) pages.push(path);
      }
    }
    level = next;
  }
  return pages.slice(0, MOST_LOOKED_AT);
}

async function titleOf(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.toString('utf8', 0, bytesRead);
    if (!head.includes(MARK)) return undefined;
    const [, title = ''] = /<title>(?:Slatewise: )?([^<]*)/.exec(head) ?? [];
    return title.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  } finally {
    await file.close();
  }
}
