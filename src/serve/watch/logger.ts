/** The log of a server: one JSON object a line, so that nothing that is sent can begin a line of its own. */
import { type DestinationStream, type Logger, pino } from 'pino';

export const logLevels: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Bodies, headers and addresses of requests are never told: the serialisers see to it also where others log. */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  const settings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: () => undefined, res: () => undefined },
  };
  if (stream) return pino(settings, stream);
  // Lines are written together: one a request would hold up the next. What is a warning or worse is written at once, and all that is left when the process ends.
  const destination = pino.destination({ dest: 1, sync: false, minLength: TOGETHER });
  let hasLines = false;
  setInterval(() => {
    // A write of nothing is a write too.
    if (hasLines) destination.flush();
    hasLines = false;
  }, WRITTEN_EVERY).unref();
  return pino(
    {
      ...settings,
      hooks: {
        logMethod(given, log, at) {
          log.apply(this, given);
          hasLines = true;
          if (at >= WARNING) destination.flush();
        },
      },
    },
    destination,
  );
}

/** Bytes of lines that are written together, and milliseconds that one waits for others. */
const TOGETHER = 4096;
const WRITTEN_EVERY = 200;
const WARNING = pino.levels.values.warn;

export const silentLogger = (): Logger => createLogger('silent');
