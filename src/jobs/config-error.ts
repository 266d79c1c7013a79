import { InputError } from '../slate/input-error.ts';

/** A config that is wrong by itself, before any data are read: a usage error of the command line. */
export class ConfigError extends InputError {}
