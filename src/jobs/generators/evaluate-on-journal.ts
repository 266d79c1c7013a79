/** What other models, generators or rules would have brought, from the journal of a server that explored. Legend: K places. */
import { type JournalReport, journalRow } from '../../measure/journal-report.ts';
import type { LoggedChoice } from '../../measure/off-policy.ts';
import type { Memory } from '../../memory/memory.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { InteractionEvent, LogEvent, RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { versionsLine } from '../version.ts';
import { LEVEL, objectiveText, RESAMPLES } from './generator-trial.ts';
import { type ChosenOfAnswer, createJournalTrial, type JournalTrialOptions } from './journal-trial.ts';

/** What a journal tells, in its order. */
export type JournalRecord =
  /** `isShown`: a list that comes later shows it. */
  | { readonly kind: 'answer'; readonly answer: AnsweredList; readonly isShown: boolean }
  /** `shows`: the answer, as it was told before, that this list is. */
  | { readonly kind: 'event'; readonly event: LogEvent; readonly arrivedAt: number; readonly shows?: AnsweredList }
  /** A person is forgotten; a journal that has only a print of the person finds out who of a memory is meant. */
  | { readonly kind: 'erase'; readonly forgetIn: (memory: Memory) => void }
  /** The model learned from what came before. */
  | { readonly kind: 'learned' };

interface Judged {
  readonly user: string;
  readonly items: readonly string[];
  readonly choices: readonly ChosenOfAnswer[];
  readonly clicksK: Uint8Array;
}

/** Lists whose clicks are waited for; those beyond are no longer, the oldest first. */
const OPEN = 200_000;

/**
 * Follows the journal as a server does. At each answer every generator chooses from the same candidates, from what was known then; what was shown as answered is judged by its
 * clicks. Throws `InputError` where no list can tell anything.
 */
export async function evaluateOnJournal(
  stored: StoredModel,
  records: AsyncIterable<JournalRecord>,
  options: JournalTrialOptions & { readonly data: string },
): Promise<JournalReport> {
  const { reporter, signal, data } = options;
  const trial = await createJournalTrial(stored, options);
  const memories = [stored.memory, ...options.generators.flatMap(({ memory }) => memory ?? [])];
  const chosen = new WeakMap<AnsweredList, readonly ChosenOfAnswer[]>();
  const judged: Judged[] = [];
  const open = new Map<string, Judged>();
  let counts = { answers: 0, drawn: 0, learned: 0, refused: 0 };

  async function answered(answer: AnsweredList, isShown: boolean): Promise<void> {
    counts.answers++;
    if (answer.propensity === undefined) return;
    counts.drawn++;
    // What else would have been shown there tells nothing.
    if (!isShown) return;
    const choices = await trial.choose(answer);
    if (choices) chosen.set(answer, choices);
    else counts.refused++;
    if (counts.drawn % 100 === 0) reporter.progress({ task: 'answers', done: counts.drawn, unit: 'lists' });
  }

  function shown({ id, user, items }: RankingEvent, answer: AnsweredList): void {
    const choices = chosen.get(answer);
    if (!choices) return;
    const list = { user, choices, items: items.map((item) => item.id), clicksK: new Uint8Array(items.length) };
    judged.push(list);
    open.set(id, list);
    if (user !== '') open.set(`of ${user}`, list);
    for (const oldest of open.keys()) {
      if (open.size <= OPEN) break;
      open.delete(oldest);
    }
  }

  /** One that a memory took as a click. One that names no list is on the latest of its user. */
  function clicked({ ranking, user, item }: InteractionEvent): void {
    const list = open.get(ranking === '' ? `of ${user}` : ranking);
    const at = list?.items.indexOf(item) ?? -1;
    if (list && at >= 0) list.clicksK[at] = 1;
  }

  try {
    for await (const record of records) {
      signal?.throwIfAborted();
      if (record.kind === 'answer') await answered(record.answer, record.isShown);
      else if (record.kind === 'erase') for (const memory of memories) record.forgetIn(memory);
      else if (record.kind === 'learned') counts = { ...counts, learned: counts.learned + 1 };
      else if (enters(memories, record)) {
        const { event, shows } = record;
        if (event.event === 'ranking' && shows) shown(event, shows);
        if (event.event === 'interaction') clicked(event);
      }
    }
    reporter.done('answers');
  } finally {
    await trial.close();
  }
  const { answers, drawn, learned, refused } = counts;
  const leftOut = { notDrawn: answers - drawn, notShown: drawn - refused - judged.length, learned, refused };
  if (judged.length === 0) throw nothingToJudge(data, leftOut);
  return reportOf(judged, { ...options, leftOut });
}

/** Whether it counts: what a memory rejects, knows already or has no label for changes nothing. */
function enters(
  memories: readonly Memory[],
  { event, arrivedAt }: { readonly event: LogEvent; readonly arrivedAt: number },
): boolean {
  try {
    const [applied] = memories.map((memory) => memory.apply(event, arrivedAt));
    return applied !== 'again' && applied !== 'other';
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function reportOf(
  judged: readonly Judged[],
  options: JournalTrialOptions & { readonly data: string; readonly leftOut: JournalReport['leftOut'] },
): JournalReport {
  const { generators, seed, data, leftOut, assume } = options;
  const numbers = new Map<string, number>();
  // One that nobody knows is a user by itself.
  const userL = Int32Array.from(judged, ({ user }, l) => {
    const name = user === '' ? `list ${l}` : `user ${user}`;
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name) as number;
  });
  const rows = generators.map(({ name }, at) => {
    const lists = judged.map(({ choices, clicksK }): LoggedChoice => ({ ...choices[at], clicksK }));
    return journalRow(name, lists, { userL, resamples: RESAMPLES, level: LEVEL, seed, assume });
  });
  if (rows.every(({ agreeing, effective }) => agreeing === 0 && !(effective.IIPS > 0)))
    throw noSupport(data, judged.length);
  const clicks = judged.reduce((sum, { clicksK }) => sum + clicksK.reduce((a, b) => a + b, 0), 0);
  return {
    title: `What would have been clicked, from ${judged.length} explored lists of ${numbers.size} users`,
    ...{ lists: judged.length, users: numbers.size, logged: clicks / judged.length, rows, leftOut },
    assume: assume ?? null,
    protocol: [
      { name: 'data', text: data },
      { name: 'lists', text: `drawn by a policy, shown as answered; ${leftOutText(leftOut)}` },
      {
        name: 'slates',
        text: `of the same candidates and length, ${objectiveText(options)}, from what was known then`,
      },
      {
        name: 'estimates',
        text: 'SIPS, IIPS, RIPS, self-normalised (SN...), and what the model expects of its slates, corrected where logged lists agree: from the top (CDR), and as a whole (DR); SIPS, SNSIPS and DR assume nothing of the clicks; the others have an interval only where what they assume is stated',
      },
      {
        name: 'intervals',
        text: `${100 * LEVEL} %, bootstrap over users, expanded percentiles, ${RESAMPLES} resamples, seed ${seed}`,
      },
      { name: 'command', text: options.command },
      { name: 'versions', text: versionsLine() },
    ],
  };
}

const leftOutText = ({ notDrawn, notShown, learned, refused }: JournalReport['leftOut']): string =>
  `left out: ${notDrawn} answers that were not drawn, ${notShown} that were not shown so, ${learned} that the model learned from, ${refused} whose rules cannot be kept`;

/** The advice is of what left out the most. */
function nothingToJudge(data: string, leftOut: JournalReport['leftOut']): InputError {
  const [most] = (Object.keys(ADVICE) as (keyof JournalReport['leftOut'])[]).sort((a, b) => leftOut[b] - leftOut[a]);
  return new InputError(
    `${data}: expected explored answers that were shown, found none (${leftOutText(leftOut)}); ${ADVICE[leftOut[most] === 0 ? 'notDrawn' : most]}`,
    'not-enough-data',
  );
}

const ADVICE: Readonly<Record<keyof JournalReport['leftOut'], string>> = {
  notDrawn: 'ask /v1/generate with "explore", and tell the lists that are shown under the id of their answer',
  notShown: 'tell the lists that are shown under the id of their answer, with its items in its order',
  learned:
    'judge a model that held lists out, as slatewise retrain does with its latest days (more with --days), or wait for lists that come after its training',
  refused: 'give other rules (on the command line --rules)',
};

const noSupport = (data: string, lists: number): InputError =>
  new InputError(
    `${data}: expected lists that a generator would have shown as they were, found none among ${lists}: nothing can be said of what it would have brought; explore more, or judge one that is nearer to what was shown`,
    'not-enough-data',
  );
