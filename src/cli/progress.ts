import { Presets, SingleBar } from 'cli-progress';
import type { Progress, Reporter } from '../jobs/reporter.ts';
import { formatDuration } from '../print/format-numbers.ts';

/** Seconds between lines where standard error is no terminal. */
const LINE_INTERVAL = 5;

/** Progress on standard error: a bar with rate and time left on a terminal, a line every few seconds elsewhere. Results go to standard output only. */
export function createReporter(): Reporter {
  return process.stderr.isTTY ? createBarReporter() : createLineReporter();
}

function createLineReporter(): Reporter {
  const started = new Map<string, number>();
  let lastLine = performance.now();
  let lastTask = '';
  return {
    note: (message) => void process.stderr.write(`${message}\n`),
    progress(progress) {
      const now = performance.now();
      const begin = started.get(progress.task) ?? now;
      started.set(progress.task, begin);
      const due =
        now - lastLine >= 1000 * LINE_INTERVAL ||
        (progress.task !== lastTask && progress.done > 0 && now - begin > 1000);
      if (!due) return;
      lastLine = now;
      lastTask = progress.task;
      process.stderr.write(`${lineOf(progress, (now - begin) / 1000)}\n`);
    },
    done: (task) => void started.delete(task),
  };
}

function lineOf({ task, done, total, unit, detail }: Progress, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const share = total ? `${Math.floor((100 * done) / total)} %, ` : '';
  const left = total && rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
  return `${task}: ${share}${done}${total ? ` of ${total}` : ''} ${unit}, ${Math.round(rate)}/s${left}${detail ? `; ${detail}` : ''}`;
}

function createBarReporter(): Reporter {
  let bar: SingleBar | undefined;
  let task = '';
  let began = 0;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    task = '';
  };
  return {
    note(message) {
      stop();
      process.stderr.write(`${message}\n`);
    },
    progress(progress) {
      const { done, total = 0, unit, detail = '' } = progress;
      if (task !== progress.task) {
        stop();
        task = progress.task;
        began = performance.now();
        const known =
          total > 0
            ? '{bar} {percentage} % | {value}/{total} {unit} | {rate}/s | {left} left'
            : '{value} {unit} | {rate}/s';
        bar = new SingleBar(
          { format: `${task} ${known} {detail}`, stream: process.stderr, clearOnComplete: true, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(total, 0, { unit, rate: 0, left: '', detail: '' });
      }
      const seconds = (performance.now() - began) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const left = total > 0 && rate > 0 ? duration((total - done) / rate) : '';
      bar?.update(done, { unit, rate: Math.round(rate), left, ...(detail ? { detail: `| ${detail}` } : {}) });
    },
    done: stop,
  };
}

/** Of time that is left: whole seconds, rounded up. */
const duration = (seconds: number): string =>
  Number.isFinite(seconds) ? formatDuration(Math.max(0, Math.ceil(seconds))) : '';
