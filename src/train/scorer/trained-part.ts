import type { Scorer } from '../../models/scorer.ts';
import type { TableGroup } from '../../models/tables/embedding-tables.ts';

/** What of a model a run trains: all, what its first stage learns, or all else. */
export type TrainedPart = 'all' | 'first-stage' | 'second-stage';

/** Whether a part has a parameter, by its path. */
export const hasParameter = (part: TrainedPart, { firstStageLearns }: Scorer, path: string): boolean => {
  const isFirst = firstStageLearns !== undefined && path.startsWith(`${firstStageLearns.parameters}.`);
  return part === 'all' || isFirst === (part === 'first-stage');
};

/** Whether a part has the tables of a group. */
export const hasTables = (part: TrainedPart, { firstStageLearns }: Scorer, group: TableGroup): boolean =>
  part === 'all' || (firstStageLearns?.tables ?? ['id']).includes(group) === (part === 'first-stage');
