/** A server in a process of its own, on one core, as its command starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly port: number;
  readonly process: ChildProcess;
  usage(): Promise<Usage>;
  /** Resolves once it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Seconds and bytes. */
export interface Usage {
  /** Processor time so far. */
  readonly cpu: number;
  readonly resident: number;
  /** Since the last reading; with the time between two looks at the clock. */
  readonly eventLoopP99: number;
  /** How late it came at most since the last reading. */
  readonly eventLoopMost: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface StartOptions {
  readonly models: string;
  readonly journal: string;
  readonly port: number;
  /** Number of the core it may use; any where it is left out. */
  readonly core?: number | undefined;
  readonly more?: readonly string[];
}

/** Resolves once it is ready. The program must have been built. */
export async function startServer({ models, journal, port, core, more = [] }: StartOptions): Promise<ServerProcess> {
  const asked = [`${ROOT}bin/slatewise.mjs`, 'serve', models, '--journal', journal, '--port', String(port)];
  const command = [process.execPath, ...asked, '--log-level', 'warn', ...more];
  const [program, ...args] = core === undefined ? command : ['taskset', '-c', String(core), ...command];
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  // A measurement that fails leaves no server behind.
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      process.off('exit', end);
      resolve();
    }),
  );
  const text = async (path: string): Promise<string | undefined> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      (answer) => (answer.ok ? answer.text() : undefined),
      () => undefined,
    );
  while ((await text('/health/ready')) === undefined) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it was ready`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    process: child,
    async usage() {
      const metrics = (await text('/metrics')) ?? '';
      const of = (name: string): number =>
        Number(new RegExp(`^\\w*${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(metrics)?.[1] ?? Number.NaN);
      return {
        cpu: of('process_cpu_seconds_total'),
        resident: of('process_resident_memory_bytes'),
        eventLoopP99: of('nodejs_eventloop_lag_p99_seconds'),
        eventLoopMost: of('slatewise_event_loop_delay_seconds'),
      };
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}
