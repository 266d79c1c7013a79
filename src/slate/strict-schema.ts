/** Schemas whose errors say what is known, and what was probably meant, instead of what is not. */
import { z } from 'zod';
import { type Remedy, unknownName, unlike } from './nearest-name.ts';
import { isPlainRecord } from './plain-record.ts';
import { foundInstead, show } from './rejected-event.ts';

export interface StrictOptions<T> {
  /** Keys that no error names, since only this program gives them. */
  readonly untold?: readonly (keyof T)[];
  /** What to do about a key that resembles none. */
  readonly otherwise?: string | Remedy;
}

/** An object of these keys and no others. */
export const strictObject = <T extends z.core.$ZodLooseShape>(
  shape: T,
  options?: StrictOptions<T>,
): PlainSchema<z.ZodObject<T, z.core.$strict>> => plain(strictKeys(shape, options));

/** The same where something else has seen to it that it is a plain object: as a part of a union that is told by one of its keys. */
export const strictKeys = <T extends z.core.$ZodLooseShape>(
  shape: T,
  { untold = [], otherwise }: StrictOptions<T> = {},
): z.ZodObject<T, z.core.$strict> =>
  z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? unknownName(
            String((keys as string[])[0]),
            Object.keys(shape).filter((key) => !untold.includes(key)),
            otherwise,
          )
        : undefined,
  });

type PlainSchema<S extends z.ZodType> = z.ZodType<z.output<S>, z.input<S>>;

/** The same schema of plain objects only: of a map, a promise or an object with inherited keys Zod reads no keys, as if it were empty. */
export const plain = <S extends z.ZodType>(schema: S): PlainSchema<S> =>
  z
    .custom<z.input<S>>(isPlainRecord, { error: ({ input }) => `expected object, ${foundOther(input)}` })
    .pipe(schema as z.ZodType<z.output<S>, z.input<S>>);

const foundOther = (input: unknown): string =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
    ? foundInstead(input, input instanceof AbortSignal ? 'give { signal }' : 'give a plain object')
    : `found ${show(input)}`;

/** One of these words; `otherwise` is what to do where none is meant. */
export const oneOf = <const T extends readonly string[]>(
  words: T,
  otherwise?: string | Remedy,
): z.ZodEnum<{ [key in T[number]]: key }> => z.enum(words, { error: ({ input }) => unlike(input, words, otherwise) });

/** What the first issue of a value that no schema takes is, as `expected ..., found ...`; its place is `issuePlace`. */
export function issueOf(error: z.ZodError, root: unknown): string {
  const { message, path, ...issue } = firstOf(error);
  // A caller's own schema says it in Zod's words.
  if (issue.code === 'unrecognized_keys' && message.startsWith('Unrecognized key'))
    return `expected no key ${JSON.stringify(issue.keys[0])}, found it; leave it out, or spell it as its schema does`;
  const plain = message.replace(/^(Too small|Too big|Invalid input): /, '').replace(/, received .*$/, '');
  if (plain === message) return message;
  let found = root;
  for (const key of path) found = (found as Record<PropertyKey, unknown> | undefined)?.[key];
  return `${plain}, found ${show(found)}`;
}

/** Where something is of which the first issue is a part: `where: path.of.the.part`, or `where` alone where it is of the whole. */
export const issuePlace = (error: z.ZodError, where: string): string =>
  [where, issuePath(error).join('.')].filter((part) => part !== '').join(': ');

/** The path of the first issue; empty where it is of the whole. */
export const issuePath = (error: z.ZodError): readonly PropertyKey[] => firstOf(error).path;

/** The first issue; but an unknown key of the same object comes before it: it is mostly a misspelt one of those that are wanting. */
function firstOf({ issues: [first, ...others] }: z.ZodError): z.core.$ZodIssue {
  const place = first.path.slice(0, -1).join('.');
  const misspelt = others.find(({ code, path }) => code === 'unrecognized_keys' && path.join('.') === place);
  return first.code !== 'unrecognized_keys' && misspelt ? misspelt : first;
}

/**
 * The path of the first `__proto__` in parsed JSON, where it is a key like others; undefined where there is none. Such a key would be lost, or change what all
 * objects have, wherever objects are copied.
 */
export function protoKey(json: unknown, path: readonly string[] = []): readonly string[] | undefined {
  // Deeper than any JSON of ours is an object that holds itself.
  if (typeof json !== 'object' || json === null || path.length > 100) return undefined;
  for (const [key, value] of Object.entries(json)) {
    const found = key === '__proto__' ? [...path, key] : protoKey(value, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
