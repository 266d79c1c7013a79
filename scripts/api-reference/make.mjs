/** Makes docs/api from the docstrings; with --check it only tells whether docs/api is as it would be made. An export without a docstring is an error. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wrapPage } from './wrap.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const pages = fileURLToPath(new URL('../../docs/api', import.meta.url));
const made = mkdtempSync(join(tmpdir(), 'api-reference-'));

const { status } = spawnSync(
  process.execPath,
  [join(here, 'node_modules/typedoc/bin/typedoc'), '--options', join(here, 'typedoc.json'), '--out', made],
  { cwd: here, stdio: 'inherit' },
);
if (status !== 0) process.exit(1);
for (const [name, text] of textsOf(made)) writeFileSync(join(made, name), wrapPage(text));

/** The pages of a folder by name. */
function textsOf(folder) {
  const texts = new Map();
  try {
    for (const name of readdirSync(folder)) texts.set(name, readFileSync(join(folder, name), 'utf8'));
  } catch {
    // There are none yet.
  }
  return texts;
}

const [now, before] = [textsOf(made), textsOf(pages)];
const changed = [...new Set([...now.keys(), ...before.keys()])].filter((name) => now.get(name) !== before.get(name));
if (process.argv.includes('--check')) {
  if (changed.length > 0) {
    console.error(
      `docs/api: expected pages as the docstrings make them, found others: ${changed.join(', ')}; run npm run docs:api`,
    );
    process.exit(1);
  }
  console.log(`docs/api: ${now.size} pages are as the docstrings make them`);
} else {
  rmSync(pages, { recursive: true, force: true });
  cpSync(made, pages, { recursive: true });
  console.log(`docs/api: ${now.size} pages, ${changed.length} changed`);
}
rmSync(made, { recursive: true, force: true });
