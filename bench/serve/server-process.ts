/** A server in a process of its own, on one core, as its command starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly port: number;
  readonly process: ChildProcess;
  usage(): Promise<Usage>;
  /** Reads its resident memory every so many seconds. */
  watchResident(seconds: number): ResidentWatch;
  /** Resolves once it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface ResidentWatch {
  /** MiB, in their order. */
  end(): readonly number[];
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
    watchResident(seconds) {
      const read: number[] = [];
      const look = setInterval(() => read.push(residentMiB(child.pid)), 1000 * seconds);
      return {
        end() {
          clearInterval(look);
          return [...read, residentMiB(child.pid)];
        },
      };
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

/** As its system tells, so that reading it takes nothing of the server's time. The program that sets the core becomes the server, under the same number. */
function residentMiB(pid: number | undefined): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
