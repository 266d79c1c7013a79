import type { Metric } from '../metrics/metric.ts';

/** Area under the ROC curve within each list: a clicked item scores above another one beside it, ties count one half. Of lists with both; 0.5 where nothing orders them. */
export const listAucMetric: Metric = {
  kind: 'metric',
  name: 'listAuc',
  title: 'ROC AUC within lists',
  meaning: 'a clicked item scores above another one of its list, mean over lists with both; ties count one half',
  group: 'order',
  higherIsBetter: true,
  range: [0, 1],
  toldIn: [],
  ofSlate: ({ ranking: { sizesG, clicksG, clicks }, labelsK }) => {
    const others = labelsK.length - clicks;
    if (clicks === 0 || others === 0) return undefined;
    let [wins, below] = [0, others];
    for (let group = 0; group < sizesG.length; group++) {
      const tied = sizesG[group] - clicksG[group];
      below -= tied;
      wins += clicksG[group] * (below + tied / 2);
    }
    return wins / (clicks * others);
  },
};
