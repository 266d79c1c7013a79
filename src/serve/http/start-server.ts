/** A server that listens, until it is asked to stop. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { InputError } from '../../slate/input-error.ts';
import { allowedNames, checkAddress, isLoopback } from '../access/host-name.ts';
import type { Host } from '../host.ts';
import { createServer } from './create-server.ts';
import { createMetricsServer } from './metrics-server.ts';
import type { ServerOptions } from './options.ts';

export interface ListenOptions extends Omit<ServerOptions, 'hasMetrics'> {
  /** This machine only unless told. */
  readonly address?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** Of the metrics; left out, they are on the server's own. */
  readonly metricsPort?: number | undefined;
  /** Milliseconds that answers under way may take once it is to stop. */
  readonly drainMs?: number | undefined;
}

export interface RunningServer {
  readonly url: string;
  readonly metricsUrl: string;
  /** Takes no more, answers what is under way, and ends. A second call waits for the same. */
  stop(): Promise<void>;
}

const DRAIN_MS = 20_000;

/** Throws `InputError` where it may not listen: without keys for other machines, or on a port that is taken. */
export async function startServer(host: Host, options: ListenOptions): Promise<RunningServer> {
  const { address = '127.0.0.1', port, metricsPort, drainMs = DRAIN_MS, ...rest } = options;
  checkAddress(address, (options.keys ?? []).length > 0);
  const { app, metrics } = createServer(host, { ...rest, hasMetrics: metricsPort === undefined });
  const watching =
    metricsPort === undefined
      ? undefined
      : createMetricsServer(metrics, allowedNames(options.allowedHosts, !isLoopback(address)));
  try {
    await listen(app, address, port);
    if (watching && metricsPort !== undefined) await listen(watching, address, metricsPort);
  } catch (error) {
    await Promise.all([app.close(), watching?.close()]);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    url: urlOf(app),
    metricsUrl: `${urlOf(watching ?? app)}/metrics`,
    stop() {
      stopping ??= (async () => {
        const cut = setTimeout(() => app.server.closeAllConnections(), drainMs);
        await app.close();
        clearTimeout(cut);
        await watching?.close();
      })();
      return stopping;
    },
  };
}

function urlOf({ server }: FastifyInstance): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port, backlog: 511 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found = { EADDRINUSE: 'one that something else listens on', EACCES: 'one that only the system may use' }[
      code ?? ''
    ];
    if (found === undefined && code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND') throw error;
    throw new InputError(
      `the address ${host}:${port}: expected one that is free on this machine, found ${found ?? 'none of this machine'}; name another port or address`,
      'invalid-option',
      { cause: error },
    );
  }
}
