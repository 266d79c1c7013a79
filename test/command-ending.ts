import { vi } from 'vitest';
import { run } from '../src/cli/program.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How a command line ends, what it prints, and what it says on standard error; what it would do on Ctrl-C goes with it. */
export async function ended(
  line: string,
): Promise<{ readonly code: number; readonly printed: string; readonly said: string }> {
  let said = '';
  let printed = '';
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const before = SIGNALS.map((signal) => process.listeners(signal));
  try {
    const code = await run(line.split(' '));
    return { code, printed, said };
  } finally {
    error.mockRestore();
    out.mockRestore();
    for (const [at, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!before[at].includes(listener)) process.off(signal, listener);
    process.exitCode = 0;
  }
}
