/** What a diagnosis says, in sentences: one for each cause, and one for each thing to do. */
import type { Advice, CauseName, Diagnosis, Figure } from '../../measure/diagnosis-report.ts';
import { evenFactor, givesAway, hasSignal } from '../../measure/judge-causes.ts';
import { isAtBound } from '../../measure/power-law.ts';
import { formatCount, listed } from '../format-numbers.ts';

export interface DiagnosisSentences {
  readonly verdict: string;
  readonly causes: Readonly<Record<CauseName, string>>;
  readonly advice: readonly string[];
}

export const diagnosisSentences = (diagnosis: Diagnosis): DiagnosisSentences => ({
  verdict: verdictOf(diagnosis),
  causes: { data: dataSentence(diagnosis), bias: biasSentence(diagnosis), task: taskSentence(diagnosis) },
  advice: diagnosis.advice.map((advice) => adviceSentence(advice, diagnosis)),
});

const NAMES: Readonly<Record<CauseName, string>> = {
  data: 'too little data',
  bias: 'biased data',
  task: 'the wrong task',
};

function verdictOf({ first, causes }: Diagnosis): string {
  if (first === 'none')
    return 'No cause stands out: neither too little data, nor biased data, nor the wrong task is shown.';
  if (!causes[0].shown) return `Most likely: ${NAMES[first]}; the log is too small to show it.`;
  const others = causes.filter(({ cause, shown }) => shown && cause !== first).map(({ cause }) => NAMES[cause]);
  return `First: ${NAMES[first]}.${others.length > 0 ? ` Also shown: ${listed(others, 'and')}.` : ''}`;
}

function dataSentence({ data: { gains, law, points, fewerUsers }, causes }: Diagnosis): string {
  const [twice, tenfold] = gains;
  const now = points[points.length - 1].test.estimate;
  const is = causes.find(({ cause }) => cause === 'data');
  const users =
    fewerUsers === undefined || fewerUsers.shortage === 'open'
      ? ''
      : fewerUsers.shortage === 'users'
        ? ' New users are the shortage: as many lists of fewer users teach less.'
        : ' More lists of the same users would do: as many lists of fewer users teach more.';
  return `${is?.shown ? 'Yes' : is?.likely ? 'Likely' : 'No'}: of a test log loss of ${nats(now)}, twice the lists would save ${saving(twice)}, ten times ${saving(tenfold)}.${boundNote(law)}${users}`;
}

/** A fit that stands where the search ends says less than its figures look like. */
const boundNote = ({ scale, exponent: { estimate: exponent } }: Diagnosis['data']['law']): string =>
  isAtBound({ scale, exponent })
    ? ` The law's exponent stands at its bound (${exponent.toFixed(2)}): these sizes do not tell how the loss goes on, so take ten times as a guess.`
    : '';

function biasSentence({ bias, causes }: Diagnosis): string {
  const is = causes.find(({ cause }) => cause === 'bias')?.shown;
  const leak = givesAway(bias);
  const { position, evenShare, remedies } = bias;
  const places = position.random
    ? 'places look drawn at random'
    : `places depend on the item (${chance(position.probability)})`;
  const helped = remedies.filter(({ saved }) => saved.low > 0).map(({ name }) => name);
  const treated =
    remedies.length === 0
      ? ''
      : helped.length > 0
        ? ` Trained ${listed(helped, 'and')}, it is better.`
        : ` Trained ${listed(
            remedies.map(({ name }) => name),
            'or',
          )}, it is not shown to be better.`;
  const label = leak === undefined ? '' : `"${leak}" alone gives the label away; `;
  return `${is ? 'Yes' : 'No'}: ${label}${places}, and ${percent(evenShare)} as many lists would do if they showed all items evenly.${treated}`;
}

function taskSentence({ task }: Diagnosis): string {
  const { listAuc, best, cures, tasks } = task;
  if (!hasSignal(task))
    return `Yes: nothing that is known of an item tells which one of a list is clicked (ROC AUC within lists ${range(listAuc, auc)}).`;
  const helped = tasks.filter(({ saved }) => saved.low > 0).map(({ name }) => name);
  const gap =
    best === undefined
      ? 'even without any regularisation there is hardly a gap to close'
      : `${best} closes most of the gap (${percent(cures.find(({ name }) => name === best)?.closes ?? Number.NaN)})`;
  return helped.length > 0
    ? `Yes: beside all regularisation ${listed(helped, 'and')} saves something more; ${gap}.`
    : `No: ${gap}, and no second task is shown to do anything that regularisation does not.`;
}

function adviceSentence({ step, name, gain }: Advice, { data, bias }: Diagnosis): string {
  const worth = gain === undefined ? '' : ` (expected: ${saving(gain)})`;
  switch (step) {
    case 'change-label':
      return 'Ask another question: choose a label that differs between the items of a list. No data and no cure helps this one.';
    case 'remove-column':
      return `Take "${name}" out and begin anew: it gives the label away.`;
    case 'more-lists':
      return `Collect twice as many lists${worth}.`;
    case 'more-users':
      return `Collect lists of twice as many users${worth}.`;
    case 'show-evenly':
      return `On a part of the traffic, show items and places evenly: each such list would be worth ${evenFactor(bias.evenShare).toFixed(1)} of these${worth}.`;
    case 'treat':
      return `Train ${name}${worth}.`;
    case 'second-task':
      return `Add the second task ${name}${worth}.`;
    case 'ids-on':
      return `Give items embeddings of their own (encoders.itemIdMinCount)${worth}.`;
    case 'ids-off':
      return `Take the items' own embeddings away (encoders.itemIdMinCount: 0)${worth}.`;
    default:
      throw new Error(`diagnosis: no sentence for ${step satisfies never}, ${data.points.length} points`);
  }
}

export const nats = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'unknown');
export const percent = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : 'unknown';
const auc = (value: number): string => value.toFixed(3);
export const chance = (value: number): string => (value < 0.001 ? 'p below 0.001' : `p = ${value.toFixed(3)}`);

export const range = ({ low, high }: Pick<Figure, 'low' | 'high'>, print: (value: number) => string = nats): string =>
  `[${print(low)}, ${print(high)}]`;
const saving = (figure: Figure): string => `${nats(figure.estimate)} ${range(figure)}`;

/** A count with its unit. */
export const counted = (count: number, unit: string): string => `${formatCount(count)} ${unit}`;
