import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ScorerShape } from './shape.ts';

export interface TorchMode {
  readonly mode: 'eager' | 'compile';
  /** PyTorch's fused kernel, or two products and a softmax, which short slates may prefer. */
  readonly attention: 'fused' | 'plain';
  readonly batch: number;
}

/** A PyTorch process with a fixed number of threads; it rests between measurements. */
export interface TorchPeer {
  readonly version: string;
  readonly threads: number;
  readonly processId: number;
  /** Lists per second over `seconds`. */
  measure(shape: ScorerShape, mode: TorchMode, seconds: number): Promise<number>;
  close(): void;
}

export async function startTorchPeer(python: string, threads: number): Promise<TorchPeer> {
  const script = fileURLToPath(new URL('../peers/training_torch.py', import.meta.url));
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  const nextLine = lineReader(child);
  const { version } = JSON.parse(await nextLine()) as { version: string };
  return {
    version,
    threads,
    processId: Number(child.pid),
    async measure({ B: _, ...shape }, mode, seconds) {
      child.stdin?.write(`${JSON.stringify({ ...shape, ...mode, seconds })}\n`);
      const { listsPerSecond } = JSON.parse(await nextLine()) as { listsPerSecond: number };
      return listsPerSecond;
    },
    close: () => void child.stdin?.end(),
  };
}

function lineReader(child: ChildProcess): () => Promise<string> {
  if (!child.stdout) throw new Error('startTorchPeer: the process has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PyTorch's process ended with code ${code}`)));
  });
  failed.catch(() => {});
  return async () => {
    const line = await Promise.race([lines.next(), failed]);
    return String(line.value);
  };
}
