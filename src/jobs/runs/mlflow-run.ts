import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MLFLOW_FILE } from '../../files/folder-kinds.ts';
import { versions } from '../version.ts';
import { configFacts } from './config-facts.ts';
import type { EpochLine, RunBefore } from './epoch-line.ts';
import type { MlflowCall } from './mlflow-client.ts';
import type { RunStart } from './run-start.ts';
import type { RunState } from './run-states.ts';

/** A run as MLflow is told of it. What is told is kept until `send` has sent it. */
export interface MlflowRun {
  begin(before: RunBefore): Promise<void>;
  add(line: EpochLine): void;
  end(state: RunState): void;
  /** Sends what is left, in order. After an error it may be called again. */
  send(): Promise<void>;
  /** Nothing is left to send, ever. */
  readonly isDone: boolean;
}

/** What is remembered of a run in its folder, so that one that goes on after an interruption is the same run there. */
interface Stored {
  readonly url: string;
  readonly experiment: string;
  readonly runId: string;
  /** Epochs that were sent. */
  readonly sent: number;
}

/** Most entries of one request, as MLflow allows. */
const PARAMS = 100;
const METRICS = 1000;
/** Most characters of a parameter, as the oldest server of version 2 allows. */
const VALUE = 500;

const STATUS: Readonly<Record<RunState, string>> = {
  running: 'RUNNING',
  finished: 'FINISHED',
  interrupted: 'KILLED',
  failed: 'FAILED',
};

export interface MlflowRunOptions {
  readonly call: MlflowCall;
  readonly url: string;
  readonly experiment: string;
  /** The experiment's id; makes it where there is none. */
  readonly experimentId: () => Promise<string>;
}

export function mlflowRun(start: RunStart, { call, url, experiment, experimentId }: MlflowRunOptions): MlflowRun {
  const path = join(start.folder, MLFLOW_FILE);
  let before: RunBefore | undefined;
  let stored: Stored | undefined;
  let pending: readonly EpochLine[] = [];
  let params = paramsOf(start);
  /** What the server is told of the state, and what it should be. */
  let [told, state]: [RunState | undefined, RunState] = [undefined, 'running'];
  let ended = 0;

  async function open({ started }: RunBefore): Promise<Stored> {
    const { run, recipe } = start;
    const tags = {
      'mlflow.source.name': 'slatewise',
      'mlflow.source.type': 'JOB',
      recipe,
      'slatewise.version': versions().slatewise,
    };
    const { run: made } = await call('POST', 'runs/create', {
      experiment_id: await experimentId(),
      run_name: run,
      start_time: Date.parse(started),
      tags: pairs(tags),
    });
    told = 'running';
    return { url, experiment, runId: (made as { readonly info: { readonly run_id: string } }).info.run_id, sent: 0 };
  }

  /** In its folder, as far as there is one still: it may have been moved, and the server knows all the same. */
  async function keep(next: Stored): Promise<Stored> {
    await writeFile(path, `${JSON.stringify(next)}\n`).catch(() => undefined);
    return next;
  }

  return {
    async begin(given) {
      before = given;
      const found = given.lines.length > 0 ? await readStored(path) : undefined;
      stored = found?.url === url && found.experiment === experiment ? found : undefined;
      if (stored) params = [];
      const { sent = 0 } = stored ?? {};
      pending = given.lines.filter(({ epoch }) => epoch > sent);
    },
    add(line) {
      if (line.epoch > (stored?.sent ?? 0)) pending = [...pending, line];
    },
    end(last) {
      state = last;
      ended = Date.now();
    },
    async send() {
      // Nothing has begun: an interruption came before.
      if (!before) return;
      stored ??= await keep(await open(before));
      const { runId } = stored;
      while (params.length > 0) {
        await call('POST', 'runs/log-batch', { run_id: runId, params: params.slice(0, PARAMS) });
        params = params.slice(PARAMS);
      }
      if (told === undefined) {
        await call('POST', 'runs/update', { run_id: runId, status: STATUS.running });
        told = 'running';
      }
      while (pending.length > 0) {
        const lines = batchOf(pending);
        await call('POST', 'runs/log-batch', { run_id: runId, metrics: lines.flatMap(metricsOf) });
        pending = pending.slice(lines.length);
        stored = await keep({ ...stored, sent: lines[lines.length - 1].epoch });
      }
      if (told === state) return;
      await call('POST', 'runs/update', { run_id: runId, status: STATUS[state], end_time: ended });
      told = state;
    },
    get isDone() {
      return ended > 0 && (!before || (told === state && pending.length === 0));
    },
  };
}

/** As many of the first lines as one request may hold, at least one. */
function batchOf(lines: readonly EpochLine[]): readonly EpochLine[] {
  let count = 0;
  let metrics = 0;
  for (const line of lines) {
    metrics += metricsOf(line).length;
    if (count > 0 && metrics > METRICS) break;
    count++;
  }
  return lines.slice(0, count);
}

/** What is no number is left out. */
const metricsOf = ({ epoch, time, values }: EpochLine): readonly object[] =>
  Object.entries(values).flatMap(([name, value]) =>
    Number.isFinite(value)
      ? [{ key: keyOf(name), value, timestamp: time === null ? 0 : Date.parse(time), step: epoch }]
      : [],
  );

/** The config, and what it learns from. */
function paramsOf({ config, data, seed }: RunStart): readonly object[] {
  const facts = [...configFacts(config), ['data', data] as const, ['seed', seed] as const];
  return facts.map(([name, value]) => ({ key: keyOf(name), value: textOf(value).slice(0, VALUE) }));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const pairs = (tags: Readonly<Record<string, string>>): readonly object[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

/** MLflow's names have letters, digits, and these. */
const keyOf = (name: string): string => name.replace(/[^\w\-. :/]/g, '_').slice(0, 250);

async function readStored(path: string): Promise<Stored | undefined> {
  try {
    const { url, experiment, runId, sent } = JSON.parse(await readFile(path, 'utf8')) as Partial<Stored>;
    if (url === undefined || experiment === undefined || typeof runId !== 'string' || typeof sent !== 'number')
      return undefined;
    return { url, experiment, runId, sent };
  } catch {
    return undefined;
  }
}
