import { InputError } from '../slate/input-error.ts';

/** A config that is wrong by itself, before any data are read: a usage error of the command line. */
export class ConfigError extends InputError {}

/** What `make` gives; what is wrong there is wrong with the config. `where` opens the sentence. */
export function orConfigError<T>(make: () => T, where = ''): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) throw new ConfigError(`${where}${error.message}`, error.code, error);
    throw error;
  }
}
