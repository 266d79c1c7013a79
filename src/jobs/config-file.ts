import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AskedPath, refuseNoPath } from '../files/output-folder.ts';
import { show } from '../slate/rejected-event.ts';
import { ConfigError, orConfigError } from './config-error.ts';

const CONFIG_FILE: AskedPath = {
  place: 'the config file',
  remedy: 'name a .json file or a module',
  code: 'invalid-config',
};

const MODULES = ['.mjs', '.js', '.cjs', '.ts', '.mts', '.cts'];
const EXPECTED = `expected a config file (.json, or a module: ${MODULES.join(' ')})`;

/** What a config file says: JSON, or the default export of a module. Throws `ConfigError` where it cannot be read. */
export async function readConfigFile(path: string): Promise<unknown> {
  orConfigError(() => refuseNoPath(path, CONFIG_FILE));
  await refuseNoFile(path);
  try {
    if (extname(path).toLowerCase() === '.json') return JSON.parse(await readFile(path, 'utf8'));
    const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    return module.default;
  } catch (error) {
    const hint = path.endsWith('ts') ? '; Node before 22.18 cannot read TypeScript, use .mjs or .json there' : '';
    const told =
      error instanceof Error
        ? error.message || `it threw ${error.name}`
        : `it threw ${error === undefined ? 'undefined' : show(error)}`;
    throw new ConfigError(
      `${path}: ${EXPECTED}, could not read it: ${told.replaceAll(/\s*\n\s*/g, ' ')}${hint}`,
      'invalid-config',
    );
  }
}

async function refuseNoFile(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  const found = facts?.isDirectory() ? 'a folder' : facts ? undefined : 'no such file';
  if (found !== undefined)
    throw new ConfigError(`${path}: ${EXPECTED}, found ${found}; check the path`, 'invalid-config');
  const form = extname(path).toLowerCase();
  if (form === '.json' || MODULES.includes(form)) return;
  throw new ConfigError(
    `${path}: ${EXPECTED}, found ${form === '' ? 'a name without an ending' : `a ${form} file`}; write it as one of those`,
    'invalid-config',
  );
}
