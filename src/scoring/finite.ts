/** A number that is not finite would leave the program as null, as a rank, or as an order that means nothing: here it ends in one sentence. */
import { InputError } from '../slate/input-error.ts';

/** Throws `InputError` at the first value that is not finite. `where` names the model or the request. */
export function refuseNotFinite(values: ArrayLike<number>, where: string): void {
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]))
      throw new InputError(
        `${where}: expected finite scores, found ${values[at]}; the model has diverged or is damaged: copy it again, or train it again`,
        'not-finite',
      );
  }
}

/** The dotted path of the first null, or number beyond all bounds, in parsed JSON: what a number that is not finite becomes there. `allowed` are paths that may be null. */
export function notFiniteIn(json: unknown, allowed: readonly string[] = [], path = ''): string | undefined {
  if (json === null) return allowed.includes(path) ? undefined : path;
  if (typeof json === 'number') return Number.isFinite(json) ? undefined : path;
  if (typeof json !== 'object') return undefined;
  for (const [key, value] of Object.entries(json)) {
    const found = notFiniteIn(value, allowed, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
