/** The wrong task? Whether anything orders the items of a list, what closes the gap of a training without regularisation, and what a second task adds to one with it. */
import type { CureRow, TaskAnswer, TaskRow } from '../../measure/diagnosis-report.ts';
import { differenceOf, figureOf } from '../../measure/figures.ts';
import { listAucMetric } from '../../measure/list-auc.ts';
import { logLossMetric } from '../../metrics/log-loss.ts';
import { mean } from '../../metrics/mean.ts';
import { recallMetric } from '../../metrics/recall.ts';
import { rocAucMetric } from '../../metrics/roc-auc.ts';
import type { EpochRecord } from '../../train/epoch-record.ts';
import type { Prepared } from '../prepare.ts';
import type { RunGroup } from '../recipes/finished-runs.ts';
import { partOfLists, spacedLists } from './part-of-lists.ts';
import { groupOn, listsOfShare, nameOfShare, type Studied, type Trained } from './trainings.ts';
import { bareVariants, suffixed, withSecondTask } from './variants.ts';

export interface TaskTrainings {
  /** The same data with embeddings of single items, or without them where the settings ask for them. */
  readonly ids: Prepared | undefined;
  /** Whether something is trained without any regularisation. */
  readonly cures: boolean;
}

export function taskGroups(studied: Studied, { ids, cures }: TaskTrainings): readonly RunGroup[] {
  const { prepared, config, plan, seeds } = studied;
  const { epochs } = plan;
  const onShare = (data: Prepared, changed: Studied['config']): readonly RunGroup[] =>
    seeds.map((seed) =>
      groupOn(data, { train: listsOfShare(studied, { share: plan.studied, seed }), config: changed, seed, epochs }),
    );
  // Trainings to the very end are many, and what is asked of them are large gaps: one seed.
  const [first] = seeds;
  const bare = (cures ? bareVariants(config) : []).map((variant) => {
    const train = partOfLists(prepared, { lists: plan.bareLists, seed: first, by: 'lists' });
    const group = groupOn(judgedByFew(prepared), { train, config: variant.config, seed: first, epochs });
    // To the end, whatever patience says.
    return { ...group, configs: group.configs.map((each) => ({ ...each, patience: each.epochs })) };
  });
  return [
    ...withSecondTask(config).flatMap((task) => onShare(prepared, task.config)),
    ...bare,
    ...(ids ? onShare(ids, suffixed(config, IDS)) : []),
  ];
}

const IDS = 'ids';

/** Lists that judge each epoch of a training to the end: what is asked of it are large gaps. */
const JUDGING = 500;

/** The same data with so many validation lists at most, evenly spaced, and no more test lists, of which nothing is asked. */
function judgedByFew(prepared: Prepared): Prepared {
  const { validation, test } = prepared.encoded;
  if (validation.length <= JUDGING) return prepared;
  return {
    ...prepared,
    encoded: { ...prepared.encoded, validation: spacedLists(validation, JUDGING), test: spacedLists(test, JUDGING) },
  };
}

export function answerTask(studied: Studied, trained: Trained, signal: TaskAnswer['signal']): TaskAnswer {
  const { config, plan, prepared } = studied;
  const base = nameOfShare(studied, plan.studied);
  const whole = trained.metrics([nameOfShare(studied, 1)], [listAucMetric, recallMetric]);
  const [{ listAuc, recall }] = whole.systems;
  const cures = cureRows(studied, trained);
  const best = bestCure(cures);
  return {
    signal,
    listAuc: figureOf(listAuc, { users: whole.users }),
    ...{ cures, cureLists: plan.bareLists },
    tasks: taskRows(studied, trained),
    taskLists: listsOfShare(studied, { share: plan.studied, seed: studied.seeds[0] }).length,
    ...(best === undefined ? {} : { best }),
    ...(trained.has(suffixed(config, IDS).recipe) ? { ids: idsAnswer(base, suffixed(config, IDS).recipe) } : {}),
    recall: { low: Math.min(...recall.perSeed), high: Math.max(...recall.perSeed) },
  };

  function idsAnswer(before: string, after: string): NonNullable<TaskAnswer['ids']> {
    const { systems, users } = trained.metrics([before, after], [logLossMetric]);
    const isOn = prepared.settings.encoders.itemIdMinCount > 0;
    const saved = differenceOf(systems[isOn ? 1 : 0].logLoss, systems[isOn ? 0 : 1].logLoss, { users });
    const [without, withIds] = isOn ? [after, before] : [before, after];
    return { gapWithout: trained.gap(without), gapWith: trained.gap(withIds), saved };
  }
}

function cureRows({ config }: Studied, trained: Trained): readonly CureRow[] {
  const variants = bareVariants(config);
  if (!trained.has(variants[0].config.recipe)) return [];
  const none = curve(variants[0].config.recipe);
  const rows = variants.map(({ name, kind, config: { recipe } }): CureRow => {
    const { gaps, validation } = curve(recipe);
    const gapAtLast = gaps[gaps.length - 1];
    const lowestValidation = Math.min(...validation);
    return {
      ...{ name, kind, gaps, gapAtLast, lowestValidation },
      rise: validation[validation.length - 1] - lowestValidation,
      closes: closedBy(gapAtLast),
    };
  });
  const [first, ...others] = rows;
  const lowest = none.validation.indexOf(first.lowestValidation);
  return [
    first,
    {
      ...{ ...first, name: 'early stopping', kind: 'regularisation', gaps: first.gaps.slice(0, lowest + 1), rise: 0 },
      ...{ gapAtLast: first.gaps[lowest], closes: closedBy(first.gaps[lowest]) },
    },
    ...others,
  ];

  /** Of the gap without any cure. */
  function closedBy(gap: number): number | null {
    const whole = none.gaps[none.gaps.length - 1];
    return whole > LEAST_GAP ? 1 - gap / whole : null;
  }

  /** Means over seeds, epoch by epoch. */
  function curve(recipe: string): { gaps: readonly number[]; validation: readonly number[] } {
    const runs = trained.runs(recipe);
    const at = (epoch: number, of: (record: EpochRecord) => number): number =>
      mean(runs.map(({ epochs }) => of(epochs[epoch])));
    const epochs = [...runs[0].epochs.keys()];
    return {
      gaps: epochs.map((epoch) => at(epoch, ({ train, validation }) => validation.logLoss - train.logLoss)),
      validation: epochs.map((epoch) => at(epoch, ({ validation }) => validation.logLoss)),
    };
  }
}

/** A gap that is smaller is not worth closing. */
const LEAST_GAP = 0.005;

/** Closes most of the gap, of those whose best epoch is no worse on validation than the untreated one's: whoever learns nothing has no gap either. */
export function bestCure([none, ...cures]: readonly CureRow[]): string | undefined {
  if (none === undefined || !(none.gapAtLast > LEAST_GAP)) return undefined;
  const spared = none.lowestValidation + 0.1 * none.gapAtLast;
  const shareOf = ({ closes }: CureRow): number => closes ?? 0;
  const sound = cures.filter((cure) => cure.lowestValidation <= spared && shareOf(cure) > 0);
  return sound.reduce<CureRow | undefined>(
    (best, cure) => (best && shareOf(best) >= shareOf(cure) ? best : cure),
    undefined,
  )?.name;
}

function taskRows(studied: Studied, trained: Trained): readonly TaskRow[] {
  const tasks = withSecondTask(studied.config);
  const names = [nameOfShare(studied, studied.plan.studied), ...tasks.map(({ config }) => config.recipe)];
  const { systems, users } = trained.metrics(names, [logLossMetric, rocAucMetric, recallMetric]);
  // They hold together (Bonferroni).
  const together = { users, level: 1 - 0.05 / tasks.length };
  return tasks.map(({ name, weight }, at): TaskRow => {
    const [clicks, task] = [systems[0], systems[at + 1]];
    return {
      ...{ name, weight },
      saved: differenceOf(clicks.logLoss, task.logLoss, together),
      aucGain: differenceOf(task.rocAuc, clicks.rocAuc, together),
      recallGain: mean(task.recall.perSeed) - mean(clicks.recall.perSeed),
    };
  });
}
