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
  return stream ? pino(settings, stream) : pino(settings);
}

export const silentLogger = (): Logger => createLogger('silent');
