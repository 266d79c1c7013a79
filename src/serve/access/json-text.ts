/** JSON out of bytes, refused before it costs anything where it is too deep. */
import { HttpFault } from '../wire/http-fault.ts';

/** Levels of lists and objects; the rules of a request have some ten. */
export const DEEPEST = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/** Throws `HttpFault` where brackets stand deeper than `DEEPEST`. One pass, no parse. */
export function checkDepth(bytes: Uint8Array): void {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (isOpening(byte)) {
      if (++depth > DEEPEST)
        throw new HttpFault(
          'too-deep',
          `the body: expected JSON of at most ${DEEPEST} levels, found more; no request of this server is that deep`,
        );
    } else if (isClosing(byte)) depth--;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Throws `HttpFault` for bytes that are no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new HttpFault('broken-utf8', 'the body: expected UTF-8, found bytes that are not; write UTF-8', { cause });
  }
}

/** Words of a key that would change what all objects have, and how their letters may be written otherwise. */
const SUSPECT = /__proto__|"constructor"|\\u/;

/** Throws `HttpFault` for what is no JSON, and for a key `__proto__`. */
export function parseJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const found = isLines(text)
      ? 'expected one text of JSON, found several, one a line; send them as a list in [ ]'
      : 'expected JSON, found something else; send what JSON.stringify gives';
    throw new HttpFault('not-json', `the body: ${found}`, { cause });
  }
  if (SUSPECT.test(text)) refusePrototypeKeys(parsed);
  return parsed;
}

/** Whether the first line, of several, is JSON by itself. */
function isLines(text: string): boolean {
  const end = text.trimEnd().indexOf('\n');
  if (end < 0) return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

/** Several texts of JSON, one a line; a single one may have lines of its own. Several are answered as a list. */
export function parseJsonLines(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) throw error;
    return lines.flatMap((line) => parseJson(line));
  }
}

function refusePrototypeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__' || (key === 'constructor' && typeof part === 'object'))
      throw new HttpFault(
        'invalid-request',
        `the body: expected no key ${JSON.stringify(key)}, found it; give the field another name`,
      );
    refusePrototypeKeys(part);
  }
}
