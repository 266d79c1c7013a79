/** Entries that nobody waits for: what was answered. Where the journal cannot be written they are lost, which is told once. */
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { ShadowScores } from '../../slate/experiment.ts';
import type { Committed, Journal } from '../journal/contract.ts';
import type { EntryContent } from '../journal/entry.ts';

export interface UnawaitedEntries {
  note(answers: readonly AnsweredList[]): void;
  noteShadow(shadow: ShadowScores): void;
}

export function createUnawaitedEntries(
  journal: Pick<Journal, 'append'>,
  apply: Committed,
  warn: (message: string) => void,
): UnawaitedEntries {
  let isLosing = false;

  function append(contents: readonly EntryContent[]): void {
    const lost = (error: unknown): void => {
      if (!isLosing) warn(`answers are not kept: ${(error as Error).message}`);
      isLosing = true;
    };
    const kept = (): void => {
      isLosing = false;
    };
    journal.append(contents, apply).then(kept, lost);
  }

  return {
    note: (answers) => append(answers.map((answer) => ({ kind: 'answer', answer }))),
    noteShadow: (shadow) => append([{ kind: 'shadow', shadow }]),
  };
}
