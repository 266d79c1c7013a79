// What a page of dist/page loads before anybody does anything, as it comes over the wire: the build fails where it is too much.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** In bytes, gzipped: markup, styles and scripts. */
export const LARGEST_FIRST_VIEW = 60_000;

const zipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

/** Files that a page names, and those that its scripts load at once; what they load later is not counted. */
function firstFiles(folder, page) {
  const named = [...readFileSync(join(folder, page), 'utf8').matchAll(/(?:src|href)="\/([^"]+)"/g)].map(
    ([, path]) => path,
  );
  const found = new Set(named.filter((path) => /\.(?:js|css)$/.test(path)).map((path) => join(folder, path)));
  for (const file of found) {
    if (!file.endsWith('.js')) continue;
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g))
      found.add(resolve(dirname(file), path));
  }
  return [join(folder, page), ...found];
}

/** Throws where a page's first view is too large; prints the largest. */
export function checkFirstViews(folder) {
  const views = readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((page) => ({ page, bytes: firstFiles(folder, page).reduce((sum, path) => sum + zipped(path), 0) }));
  if (views.length === 0) throw new Error(`${folder}: expected pages, found none`);
  for (const { page, bytes } of views)
    if (bytes > LARGEST_FIRST_VIEW)
      throw new Error(
        `${page}: expected a first view of at most ${LARGEST_FIRST_VIEW} bytes gzipped, found ${bytes}; load what is not needed at once with import()`,
      );
  process.stdout.write(
    `first views, gzipped: ${views.map(({ page, bytes }) => `${page} ${(bytes / 1000).toFixed(1)} kB`).join(', ')}\n`,
  );
}
