import type { BiasAnswer, DataAnswer, Diagnosis, TaskAnswer } from '../../measure/diagnosis-report.ts';
import { formatCount } from '../format-numbers.ts';
import { chance, counted, diagnosisSentences, nats, percent, range } from './diagnosis-sentences.ts';
import { plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

const WIDTH = 118;
const plain = (_: string, text: string): string => text;
const wrapped = (text: string): string => wrapLines(text, WIDTH);

/** The verdict, each cause with its figures, what to do next, and what it rests on. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { data, bias, task, parts, subsampled, seeds, recipe } = diagnosis;
  const { verdict, causes, advice } = diagnosisSentences(diagnosis);
  const body: Readonly<Record<'data' | 'bias' | 'task', string>> = {
    data: `Too little data? ${causes.data}`,
    bias: `Biased data? ${causes.bias}`,
    task: `The wrong task? ${causes.task}`,
  };
  const figures = { data: dataText(data), bias: biasText(bias), task: taskText(task, recipe) };
  const { train, validation, test } = parts;
  return [
    verdict,
    ...diagnosis.causes.map(({ cause }) => `${wrapped(body[cause])}\n${figures[cause]}`),
    `What to do next:\n${advice.map((line, at) => wrapLines(`${at + 1}. ${line}`, WIDTH, '   ')).join('\n') || 'nothing that these figures show'}`,
    [
      wrapped(
        `${counted(train.lists, 'training lists')} of ${counted(train.users, 'users')}, ${counted(validation.lists, 'validation')} and ${counted(test.lists, 'test lists')}; ${seeds} trainings of each kind, but one of each cure without regularisation. Losses are log losses of clicks, in nats; brackets are 95 % intervals over users and seeds.`,
      ),
      ...subsampled.map(wrapped),
    ].join('\n'),
  ].join('\n\n');
}

function dataText({ points, gains, law, constantLoss, fewerUsers }: DataAnswer): string {
  const table = plainTable(['of the training lists', 'lists', 'users', 'train', 'validation', 'test', ''], plain);
  for (const { share, lists, users, train, validation, test } of points)
    table.push([
      ...[
        `${Number((100 * share).toFixed(1))} %`,
        formatCount(lists),
        formatCount(users),
        nats(train),
        nats(validation),
      ],
      ...[nats(test.estimate), range(test)],
    ]);
  const lines = [
    `Power law: ${nats(law.floor)} + ${law.scale.toPrecision(3)} n^-${law.exponent.estimate.toFixed(2)}, exponent ${range(law.exponent, (value) => value.toFixed(2))}. ${gains
      .slice(0, 2)
      .map((gain) => `${gain.factor} times the lists save ${nats(gain.estimate)} ${range(gain)}`)
      .join('; ')}. One click rate for all has ${nats(constantLoss)}.`,
    ...(fewerUsers
      ? [
          `${counted(fewerUsers.lists, 'lists')} of ${counted(fewerUsers.users, 'users')} instead of ${counted(fewerUsers.usersOfAll, 'users')} cost ${nats(fewerUsers.difference.estimate)} ${range(fewerUsers.difference)}.`,
        ]
      : []),
  ];
  return [table.toString(), ...lines.map(wrapped)].join('\n');
}

function biasText({ position, exposure, labels, repeats, drift, probes, shownBefore, remedies }: BiasAnswer): string {
  const moved = drift.fields
    .slice(0, 3)
    .map(({ field, psi, byChance }) => `${field} ${psi.toFixed(3)} (${byChance.toFixed(3)})`);
  const strongest = probes.slice(0, 3).map(({ column, validationAuc }) => `${column} ${validationAuc.toFixed(3)}`);
  const lines = [
    `Position: clicks in the middle third of the page ${times(position.middle)}, in the last third ${times(position.bottom)} those in the first, the same items compared. ${position.assumption} An item's place goes with its click rate before by ${position.withRate.toFixed(2)}.`,
    `Selection: ${counted(exposure.shown, 'items')} of ${formatCount(exposure.known)} are shown; the tenth shown most has ${percent(exposure.topTenth)} of the showings; Gini ${exposure.gini.toFixed(2)}, drawn at random ${exposure.giniAtRandom.toFixed(2)}.`,
    `Labels: ${percent(labels.clickRate)} of the items are clicked; ${counted(labels.listsWithoutClick, 'lists')} have no click and ${formatCount(labels.listsAllClicked)} nothing else. Of ${counted(labels.usersOfThree, 'users')} with three lists or more ${formatCount(labels.usersOfNone)} clicked nothing (${labels.usersOfNoneByChance.toFixed(1)} by chance alone) and ${formatCount(labels.usersOfAll)} everything.`,
    `Repeated: ${percent(repeats.share)} of the training lists show a user the same items again; ${percent(repeats.acrossParts)} of the validation lists come from training.`,
    `Drift: click rate ${points(drift.clickRate.estimate)} points ${range(drift.clickRate, points)} from training to validation. Stability index by field (by chance): ${moved.join(', ') || 'no fields'}.`,
    `Leaks: the highest ROC AUC of one column alone: ${strongest.join(', ')}. "Shown before and not clicked" holds of ${percent(shownBefore.share)} of the validation items, ROC AUC ${Number.isFinite(shownBefore.auc) ? shownBefore.auc.toFixed(3) : 'unknown'}.`,
  ];
  if (remedies.length === 0) return lines.map(wrapped).join('\n');
  const table = plainTable(['trained again', 'lists', 'gap before', 'gap after', 'test loss saved', ''], plain);
  for (const { name, lists: count, gapBefore, gapAfter, saved } of remedies)
    table.push([name, formatCount(count), nats(gapBefore), nats(gapAfter), nats(saved.estimate), range(saved)]);
  return [...lines.map(wrapped), table.toString()].join('\n');
}

function taskText(task: TaskAnswer, recipe: string): string {
  const { signal, listAuc, cures, cureLists, tasks, taskLists, ids, recall } = task;
  const cureTable = plainTable(
    ['alone, without regularisation', 'gap by epoch', 'at last', 'closes', 'rise', 'lowest validation'],
    plain,
  );
  for (const { name, gaps, gapAtLast, closes, rise, lowestValidation } of cures)
    cureTable.push([
      name,
      sketch(gaps),
      nats(gapAtLast),
      name === 'none' || closes === null ? '' : percent(closes),
      nats(rise),
      nats(lowestValidation),
    ]);
  const taskTable = plainTable(
    ['second task, with regularisation', 'weight', 'test loss saved', '', 'ROC AUC', 'recall'],
    plain,
  );
  for (const { name, weight, saved, aucGain, recallGain } of tasks)
    taskTable.push([
      ...[name, String(weight), nats(saved.estimate), range(saved)],
      ...[`${points(aucGain.estimate)} ${range(aucGain, points)}`, points(recallGain)],
    ]);
  const lines = [
    `Order: within lists clicks go most with "${signal.column}", of ${formatCount(signal.columns)} columns (z = ${signal.z.toFixed(1)}, ${chance(signal.probability)} for the strongest of so many); ${recipe} has a ROC AUC within lists of ${listAuc.estimate.toFixed(3)} ${range(listAuc, (value) => value.toFixed(3))}.`,
  ];
  const after = [
    `Gap: validation less train loss, on ${formatCount(cureLists)} lists and with one training each, so that a few points between two cures may be chance; second tasks on ${formatCount(taskLists)} lists, their intervals hold together. ROC AUC and recall in points.`,
    `Threshold: recall of ${recipe} at its validation threshold lies between ${points(recall.low)} and ${points(recall.high)} points by seed alone: a smaller gain of recall is none.`,
    ...(ids
      ? [
          `Embeddings of single items: gap ${nats(ids.gapWithout)} without, ${nats(ids.gapWith)} with; they save ${nats(ids.saved.estimate)} ${range(ids.saved)} of the test loss.`,
        ]
      : []),
  ];
  return [...lines.map(wrapped), cureTable.toString(), taskTable.toString(), ...after.map(wrapped)].join('\n');
}

const points = (value: number): string => (Number.isFinite(value) ? (100 * value).toFixed(1) : 'unknown');
const times = (figure: { estimate: number; low: number; high: number }): string =>
  Number.isFinite(figure.estimate)
    ? `${figure.estimate.toFixed(2)} ${range(figure, (value) => value.toFixed(2))} times`
    : 'unknown times';

const BARS = '▁▂▃▄▅▆▇█';
/** Gaps as bars, eight at most, from 0 to the largest. */
function sketch(gaps: readonly number[]): string {
  const taken = Array.from(
    { length: Math.min(8, gaps.length) },
    (_, at, count = Math.min(8, gaps.length)) => gaps[Math.round((at * (gaps.length - 1)) / Math.max(1, count - 1))],
  );
  const most = Math.max(...taken, 1e-9);
  return taken.map((gap) => BARS[Math.max(0, Math.min(7, Math.floor((8 * gap) / most)))]).join('');
}
