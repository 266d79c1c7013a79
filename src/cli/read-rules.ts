import { readFile } from 'node:fs/promises';
import { parseRules, type RuleRegistry, type Rules } from '../generate/rules/rules.ts';
import { InputError } from '../slate/input-error.ts';

/** The rules of a JSON file. Throws `InputError` where it is none. */
export async function readRules(path: string, kinds: RuleRegistry): Promise<Rules> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      `--rules ${path}: expected a JSON file of rules, ${code === 'ENOENT' ? 'found no such file; check the path' : `could not read it: ${message}; slatewise generate --help shows how rules are written`}`,
      code === 'ENOENT' ? 'file-not-found' : 'file-damaged',
    );
  }
  return parseRules(json, `--rules ${path}`, kinds);
}
