/** Which steps of a retraining are done: a file that is replaced as a whole, so that one that was killed at any moment goes on. */
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeText } from '../files/write-text.ts';
import type { Finding } from './checks/finding.ts';
import type { Judgement } from './judge/judge-models.ts';
import type { DataFacts } from './verdict.ts';

/** What is known of a retraining that is under way. */
export interface RetrainProgress {
  /** A hash of what was asked for: a retraining that was asked for otherwise begins anew. */
  readonly asked: string;
  /** Epoch milliseconds. */
  readonly began: number;
  /** The model that answered when it began. */
  readonly before: string | null;
  readonly done: readonly string[];
  readonly data?: DataFacts;
  readonly checks?: readonly Finding[];
  readonly judgement?: Judgement | null;
  readonly model?: string;
  readonly removed?: readonly string[];
}

export interface Steps {
  readonly progress: RetrainProgress;
  /** Does what a step is for, unless it is done already, and remembers what it found. */
  once(step: string, work: () => Promise<Partial<RetrainProgress>>): Promise<void>;
}

const FILE = 'state.json';

/** Goes on where the last retraining of the same kind was left, or begins one. */
export async function openSteps(
  work: string,
  {
    asked,
    begin,
  }: { readonly asked: string; readonly begin: () => Promise<Pick<RetrainProgress, 'began' | 'before'>> },
): Promise<Steps> {
  const found = await readProgress(work);
  let progress: RetrainProgress = found?.asked === asked ? found : { ...(await begin()), asked, done: [] };
  if (progress !== found) {
    await clearWork(work);
    await write();
  }

  async function write(): Promise<void> {
    await writeText(join(work, `${FILE}.new`), `${JSON.stringify(progress, null, 1)}\n`);
    await rename(join(work, `${FILE}.new`), join(work, FILE));
  }
  return {
    get progress() {
      return progress;
    },
    async once(step, work) {
      if (progress.done.includes(step)) return;
      const found = await work();
      progress = { ...progress, ...found, done: [...progress.done, step] };
      await write();
    },
  };
}

/** Undefined where there is none, or none that can be read. */
async function readProgress(work: string): Promise<RetrainProgress | undefined> {
  try {
    const found = JSON.parse(await readFile(join(work, FILE), 'utf8')) as Partial<RetrainProgress>;
    return typeof found.asked === 'string' && Array.isArray(found.done) ? (found as RetrainProgress) : undefined;
  } catch {
    return undefined;
  }
}

/** What a retraining leaves while it is under way; what it was asked for goes first, so that nothing goes on from half of it. */
export async function clearWork(work: string): Promise<void> {
  for (const entry of [FILE, `${FILE}.new`, 'data', 'candidates', 'removed'])
    await rm(join(work, entry), { recursive: true, force: true });
}
