/** Which cause is named first, and what to do next: from the figures of the three answers to an order. */
import type { Advice, BiasAnswer, Cause, DataAnswer, Diagnosis, Figure, TaskAnswer } from './diagnosis-report.ts';

export interface Answers {
  readonly data: DataAnswer;
  readonly bias: BiasAnswer;
  readonly task: TaskAnswer;
}

/** Less of what a model knows than this share is not worth twice the data. */
const LEAST_OF_KNOWN = 0.02;
/** Shown as evenly as half of its lists could: then even lists would be worth more than twice as many like these. */
const UNEVEN = 0.5;
/** A column alone that comes so near to the label is the label. */
export const GIVES_AWAY = 0.97;
/** Of columns there are many, looked at in every log: chance alone must hardly ever find an order in a label that has none. */
const LEVEL = 0.001;

/**
 * All causes in one currency, the nats of test log loss that their remedy is expected to save: of data, what twice the lists give by the power law; of bias, what the same law gives to as many
 * lists as even ones would be worth, or what a cleaned training saved; of the task, what the best second task saved. Two come before all nats: labels that nothing on the list orders, and a
 * column that gives the label away, since no other figure can be trusted then. A log of few lists can hardly show that it has too few: where nothing is shown, data come first if the law
 * expects as much of more, whatever its interval says.
 */
export function judgeCauses(answers: Answers): Pick<Diagnosis, 'first' | 'causes' | 'advice'> {
  const causes = [dataCause(answers), biasCause(answers), taskCause(answers)].sort(
    (a, b) => Number(b.shown) - Number(a.shown) || Number(b.likely) - Number(a.likely) || order(b) - order(a),
  );
  const [{ cause, shown, likely }] = causes;
  const wantsData = causes.some((each) => each.cause === 'data' && each.likely);
  return { first: shown || likely ? cause : 'none', causes, advice: adviceOf(answers, wantsData) };
}

const order = ({ gain }: { readonly gain?: number | undefined }): number => gain ?? Number.POSITIVE_INFINITY;

function dataCause({ data: { gains, points, constantLoss }, task }: Answers): Cause {
  const [twice] = gains;
  const known = constantLoss - points[points.length - 1].test.estimate;
  const likely = hasSignal(task) && twice.estimate > LEAST_OF_KNOWN * Math.max(0, known);
  return { cause: 'data', shown: likely && twice.low > 0, likely, gain: Math.max(0, twice.estimate) };
}

function biasCause({ data, bias }: Answers): Cause {
  const leak = givesAway(bias);
  const helped = bias.remedies.filter(({ saved }) => saved.low > 0);
  const even = bias.evenShare < UNEVEN ? evenGain(data, bias).estimate : 0;
  const shown = leak !== undefined || bias.evenShare < UNEVEN || helped.length > 0;
  return {
    ...{ cause: 'bias', shown, likely: shown },
    ...(leak === undefined ? { gain: Math.max(0, even, ...helped.map(({ saved }) => saved.estimate)) } : {}),
  };
}

function taskCause({ task }: Answers): Cause {
  const best = bestTask(task);
  const signal = hasSignal(task);
  const shown = !signal || best !== undefined;
  return {
    ...{ cause: 'task', shown, likely: shown },
    ...(signal ? { gain: best?.saved.estimate ?? 0 } : {}),
  };
}

/** Whether anything known orders the items of a list: a column of the log, or the recipe. */
export const hasSignal = ({ signal, listAuc }: TaskAnswer): boolean => signal.probability <= LEVEL || listAuc.low > 0.5;

/** The column that gives the label away, if one does. */
export const givesAway = ({ probes, shownBefore }: BiasAnswer): string | undefined =>
  probes[0]?.validationAuc >= GIVES_AWAY
    ? probes[0].column
    : shownBefore.auc >= GIVES_AWAY
      ? 'shown before and not clicked'
      : undefined;

/** What lists that show all alike would save: the last of the gains, which was asked for it. */
export const evenGain = ({ gains }: DataAnswer, { evenShare }: BiasAnswer): Figure =>
  gains.find(({ factor }) => factor === evenFactor(evenShare)) ?? {
    estimate: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
  };

/** So many times as many lists like these would be worth as much as even ones; beyond 20 nobody knows the law. */
export const evenFactor = (evenShare: number): number => Math.min(20, 1 / evenShare);

const bestTask = ({ tasks }: TaskAnswer): TaskAnswer['tasks'][number] | undefined =>
  tasks.filter(({ saved }) => saved.low > 0).toSorted((a, b) => b.saved.estimate - a.saved.estimate)[0];

/** `wantsData`: more lists are worth it. */
function adviceOf({ data, bias, task }: Answers, wantsData: boolean): readonly Advice[] {
  const found: Advice[] = [];
  const leak = givesAway(bias);
  if (leak !== undefined) found.push({ step: 'remove-column', name: leak });
  if (!hasSignal(task)) found.push({ step: 'change-label' });
  const { shortage } = data.fewerUsers ?? { shortage: 'open' };
  if (wantsData) found.push({ step: shortage === 'users' ? 'more-users' : 'more-lists', gain: figure(data.gains[0]) });
  if (bias.evenShare < UNEVEN) found.push({ step: 'show-evenly', gain: figure(evenGain(data, bias)) });
  for (const { name, saved } of bias.remedies) if (saved.low > 0) found.push({ step: 'treat', name, gain: saved });
  const best = bestTask(task);
  if (best) found.push({ step: 'second-task', name: best.name, gain: best.saved });
  if (task.ids && task.ids.saved.low > 0) found.push({ step: 'ids-on', gain: task.ids.saved });
  if (task.ids && task.ids.saved.high < 0) found.push({ step: 'ids-off', gain: negated(task.ids.saved) });
  return found
    .filter(({ gain }) => gain === undefined || gain.estimate > 0)
    .toSorted((a, b) => order({ gain: b.gain?.estimate }) - order({ gain: a.gain?.estimate }) || 0);
}

const figure = ({ estimate, low, high }: Figure): Figure => ({ estimate, low, high });
const negated = ({ estimate, low, high }: Figure): Figure => ({ estimate: -estimate, low: -high, high: -low });
