import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Progress, Reporter } from '../jobs/reporter.ts';
import { formatDuration } from '../print/format-numbers.ts';

/** Seconds between lines where standard error is no terminal. */
const LINE_INTERVAL = 5;

/** Progress on standard error: bars with rate and time left on a terminal, a line every few seconds elsewhere. Results go to standard output only. */
export function createReporter(): Reporter {
  return process.stderr.isTTY ? createBarReporter() : createLineReporter();
}

function createLineReporter(): Reporter {
  const started = new Map<string, number>();
  const told = new Set<string>();
  let lastLine = performance.now();
  return {
    note: (message) => void process.stderr.write(`${message}\n`),
    progress(progress) {
      const now = performance.now();
      const begin = started.get(progress.task) ?? now;
      started.set(progress.task, begin);
      const due =
        now - lastLine >= 1000 * LINE_INTERVAL || (!told.has(progress.task) && progress.done > 0 && now - begin > 1000);
      if (!due) return;
      lastLine = now;
      told.add(progress.task);
      process.stderr.write(`${lineOf(progress, (now - begin) / 1000)}\n`);
    },
    done(task) {
      started.delete(task);
      told.delete(task);
    },
  };
}

function lineOf({ task, done, total, unit, detail }: Progress, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const share = total ? `${Math.floor((100 * done) / total)} %, ` : '';
  const left = total && rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
  return `${task}: ${share}${done}${total ? ` of ${total}` : ''} ${unit}, ${Math.round(rate)}/s${left}${detail ? `; ${detail}` : ''}`;
}

/** One bar for each task under way: trainings may go on side by side. */
function createBarReporter(): Reporter {
  const began = new Map<string, number>();
  let bars = new Map<string, SingleBar>();
  let shown: MultiBar | undefined;
  /** Takes all off the terminal; those of tasks that go on come back when they next tell how far they are. */
  const clear = (): void => {
    shown?.stop();
    shown = undefined;
    bars = new Map();
  };
  const barOf = (task: string, total: number, unit: string): SingleBar => {
    shown ??= new MultiBar({ stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
    const known =
      total > 0
        ? '{bar} {percentage} % | {value}/{total} {unit} | {rate}/s | {left} left'
        : '{value} {unit} | {rate}/s';
    return shown.create(total, 0, { unit, rate: 0, left: '', detail: '' }, { format: `${task} ${known} {detail}` });
  };
  return {
    note(message) {
      clear();
      process.stderr.write(`${message}\n`);
    },
    progress({ task, done, total = 0, unit, detail = '' }) {
      const bar = bars.get(task) ?? barOf(task, total, unit);
      bars.set(task, bar);
      const begin = began.get(task) ?? performance.now();
      began.set(task, begin);
      const seconds = (performance.now() - begin) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const left = total > 0 && rate > 0 ? duration((total - done) / rate) : '';
      bar.update(done, { unit, rate: Math.round(rate), left, ...(detail ? { detail: `| ${detail}` } : {}) });
    },
    done(task) {
      began.delete(task);
      if (bars.has(task)) clear();
    },
  };
}

/** Of time that is left: whole seconds, rounded up. */
const duration = (seconds: number): string =>
  Number.isFinite(seconds) ? formatDuration(Math.max(0, Math.ceil(seconds))) : '';
