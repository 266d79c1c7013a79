import { once } from 'node:events';
import { versions } from '../../jobs/version.ts';
import { checkAddress } from '../../serve/access/host-name.ts';
import { newKey, parseKeys, parseScopes, readKeys } from '../../serve/access/keys.ts';
import { type FollowedFile, followExperiments } from '../../serve/experiments/follow-file.ts';
import { readExperiments } from '../../serve/experiments/read-experiments.ts';
import { createHost } from '../../serve/host/create-host.ts';
import type { HostOptions } from '../../serve/host/host-options.ts';
import type { Host } from '../../serve/host.ts';
import { builtPages } from '../../serve/http/page-files.ts';
import { startServer } from '../../serve/http/start-server.ts';
import type { KeptAnswers } from '../../serve/load/kept-answers.ts';
import { createLogger, logLevels } from '../../serve/watch/logger.ts';
import { startTracing } from '../../serve/watch/start-tracing.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { UsageError } from '../exit-codes.ts';

export interface ServeArguments {
  readonly journal: string;
  readonly snapshots: string;
  readonly keepDays: number;
  readonly durability: NonNullable<HostOptions['durability']>;
  readonly active?: string;
  readonly auditEvery: number;
  readonly journalAnswers: KeptAnswers;
  readonly experiments?: string;
  readonly host: string;
  readonly port: number;
  readonly metricsPort?: number;
  readonly keys?: string;
  readonly newKey?: string;
  readonly keyName: string;
  readonly allowHost?: readonly string[];
  readonly cors?: readonly string[];
  readonly bodyLimit: number;
  readonly reports?: string;
  readonly otlp?: string;
  readonly logLevel: string;
  readonly workers: number;
}

/** Milliseconds. */
const DAY = 24 * 60 * 60_000;

/** Serves until SIGTERM or SIGINT: then it takes no more, answers what is under way, and closes the journal. */
export async function runServe(models: string | undefined, options: ServeArguments): Promise<void> {
  if (options.newKey !== undefined) return printKey(options.newKey, options.keyName);
  if (models === undefined)
    throw new UsageError('serve: expected a model folder, or a folder of them, found none; name it, such as models/a');
  if (!logLevels.includes(options.logLevel))
    throw new UsageError(`--log-level: ${unknownName(options.logLevel, logLevels)}`);
  const keys = options.keys === undefined ? [] : [...(await readKeys(options.keys))];
  checkAddress(options.host, keys.length > 0);
  if (options.experiments !== undefined && options.journalAnswers === 'none')
    throw new UsageError(
      '--journal-answers: expected explored or all beside --experiments, found none; what is not kept cannot be judged',
    );
  const logger = createLogger(options.logLevel);
  const { journal, snapshots, durability, active, auditEvery, workers } = options;
  const keptFor = options.keepDays * DAY;
  const warn = (message: string): void => logger.warn(message);
  const version = versions().slatewise;
  const tracing = await startTracing({ url: options.otlp, version, warn }, process.env);
  const host = await createHost({ models, journal, snapshots, keptFor, durability, active, auditEvery, workers, warn });
  let stopReading: (() => void) | undefined;
  let followed: FollowedFile | undefined;
  try {
    await beginExperiments(host, options.experiments, warn);
    // Before anybody is told that it serves: from then on files are changed and signals sent.
    if (options.keys !== undefined) stopReading = readAgain(options.keys, keys, warn);
    if (options.experiments !== undefined)
      followed = followExperiments(options.experiments, { change: host.changeExperiments, warn });
    const server = await startServer(host, {
      keys,
      logger,
      tracing,
      address: options.host,
      port: options.port,
      metricsPort: options.metricsPort,
      allowedHosts: options.allowHost,
      origins: options.cors,
      bodyLimit: options.bodyLimit,
      answers: options.journalAnswers,
      pages: builtPages(),
      reports: options.reports,
      version,
    });
    const ending = askedToEnd();
    process.stderr.write(
      `serving ${host.active} on ${server.url}; ${server.url}/docs describes it, ${server.url}/ is its page\n`,
    );
    process.stderr.write(`${await ending}: answering what is under way\n`);
    await followed?.stop();
    await server.stop();
  } finally {
    stopReading?.();
    await followed?.stop();
    await host.close();
    await tracing?.close();
  }
}

/** Resolves with the first signal to end; a second one ends the process at once. */
async function askedToEnd(): Promise<NodeJS.Signals> {
  const stop = new AbortController();
  const signal = await Promise.race(
    (['SIGTERM', 'SIGINT'] as const).map(async (name) => {
      await once(process, name, { signal: stop.signal });
      return name;
    }),
  );
  stop.abort();
  return signal;
}

/** A file that is broken at a start leaves those of before in force too, where there are any. */
async function beginExperiments(host: Host, path: string | undefined, warn: (message: string) => void): Promise<void> {
  try {
    await host.changeExperiments(path === undefined ? [] : await readExperiments(path));
  } catch (error) {
    if (host.experiments.length === 0) throw error;
    warn(`${error instanceof Error ? error.message : String(error)}; the experiments before stay in force`);
  }
}

/** On SIGHUP; keys that cannot be read leave those before in force. */
function readAgain(path: string, keys: unknown[], warn: (message: string) => void): () => void {
  const read = (): void => {
    readKeys(path).then(
      (found) => void keys.splice(0, keys.length, ...found),
      (error: unknown) => warn(error instanceof Error ? error.message : String(error)),
    );
  };
  process.on('SIGHUP', read);
  return () => void process.off('SIGHUP', read);
}

/** The key is told here and nowhere else. */
function printKey(scopes: string, name: string): void {
  const { key, line } = newKey(name, parseScopes(scopes, '--new-key on the command line'));
  parseKeys(line, '--key-name on the command line');
  process.stdout.write(`key, for the client, told this once: ${key}\nline for the file of --keys: ${line}\n`);
}
