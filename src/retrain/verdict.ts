/** What a retraining ended with, for programs and for people. */
import type { Finding } from './checks/finding.ts';
import type { Judgement } from './judge/judge-models.ts';

/** `activated`: the new model answers; `kept`: the one before it goes on; `stopped`: the data are not as those of the training before. */
export type RetrainOutcome = 'activated' | 'kept' | 'stopped';

/** `verdict.json`. */
export interface RetrainVerdict {
  readonly slatewise: 'verdict';
  readonly outcome: RetrainOutcome;
  /** One paragraph. */
  readonly text: string;
  /** When the retraining began first, and when it ended; ISO 8601. */
  readonly began: string;
  readonly ended: string;
  readonly journal: string;
  /** What was learned from: up to which entry of the journal, and its lists. */
  readonly data: DataFacts;
  /** Times that were not learned from, as was asked or because a day was refused; ISO 8601. */
  readonly leftOut: readonly { readonly from: string; readonly to: string }[];
  readonly recipe: string;
  readonly seeds: readonly number[];
  /** The model that answered before; null where there was none. */
  readonly before: string | null;
  /** The model that was activated; null where none was. */
  readonly model: string | null;
  readonly judgement: Judgement | null;
  /** What the data checks looked at, what passed too. */
  readonly checks: readonly Finding[];
  /** Older models that were removed. */
  readonly removed: readonly string[];
}

/** Times as ISO 8601; null where no list was left to learn from. */
export interface DataFacts {
  readonly sequence: number;
  readonly lists: number;
  readonly clicks: number;
  readonly from: string | null;
  readonly to: string | null;
}

export type VerdictFacts = Omit<RetrainVerdict, 'slatewise' | 'text' | 'outcome'> & {
  /** Why nothing was trained, where that is so. */
  readonly why?: string | undefined;
};

export function verdictOf(outcome: RetrainOutcome, { why, ...facts }: VerdictFacts): RetrainVerdict {
  return { slatewise: 'verdict', outcome, text: textOf(outcome, { why, ...facts }), ...facts };
}

function textOf(
  outcome: RetrainOutcome,
  { why, before, model, judgement, checks, data, removed, leftOut }: VerdictFacts,
): string {
  const without = leftOut.map(({ from, to }) => ` Without ${from} to ${to}.`).join('');
  const learned =
    data.lists === 0
      ? `no list.${without}`
      : `${data.lists} lists from ${data.from} to ${data.to}, ${data.clicks} clicks.${without}`;
  if (outcome === 'stopped') {
    const found = checks.filter(({ isSound }) => !isSound).map(({ text }) => text);
    const next = checks.some(({ isSound, day }) => !isSound && day)
      ? ' What was refused is left out from now on, and the next sound day is learned from; say that it is sound where it is (on the command line --accept-until).'
      : '';
    return `Stopped by the data: ${found.join('; ')}. ${before ?? 'No model'} goes on.${next} It read ${learned}`;
  }
  const compared = judgement === null ? '' : ` ${judgement.text}`;
  if (outcome === 'kept')
    return `${before} goes on: ${why ?? 'the new model may be worse by more than is allowed'}.${compared} It read ${learned}`;
  const reason = before === null ? 'there was no model before it' : `it is not worse than ${before}`;
  const gone = removed.length === 0 ? '' : ` Removed: ${removed.join(', ')}.`;
  return `${model} answers now: ${reason}.${compared} It was trained from ${learned}${gone}`;
}
