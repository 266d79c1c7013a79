import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { PART_NAMES } from '../../measure/protocol.ts';
import { formatCount, formatLevel } from './format-numbers.ts';

/** The protocol as named lines of text, the same in every rendering. */
export function protocolLines({ protocol, baseline }: ComparisonReport): { name: string; text: string }[] {
  const { bootstrap } = protocol;
  return [
    { name: 'data', text: protocol.data },
    { name: 'split', text: protocol.split },
    ...PART_NAMES.map((name) => {
      const { users, lists, items, clicks, listsWithoutClick } = protocol.parts[name];
      const counts = [
        `${formatCount(users)} users`,
        `${formatCount(lists)} lists`,
        `${formatCount(items)} shown items`,
      ];
      return {
        name,
        text: `${counts.join(', ')}, ${formatCount(clicks)} clicks, ${formatCount(listsWithoutClick)} lists without a click`,
      };
    }),
    { name: 'seeds', text: protocol.seeds.join(', ') },
    { name: 'epoch', text: protocol.epochSource },
    { name: 'threshold', text: protocol.thresholdSource },
    { name: 'baseline', text: `${baseline}; differences are paired, in points (hundredths)` },
    {
      name: 'intervals',
      text:
        `${formatLevel(bootstrap.level)}, percentile bootstrap over ${formatCount(bootstrap.users)} users, ` +
        `${formatCount(bootstrap.resamples)} resamples, seed ${bootstrap.seed}, metrics averaged over seeds in each`,
    },
    {
      name: 'left out',
      text: 'lists without a click count in no NDCG, MRR, hit rate or recallAt; users with one class in no AUC per user',
    },
    {
      name: 'ties',
      text: 'equal scores order nothing: areas count them one half, NDCG, MRR, hit rate and recallAt are means over their orders',
    },
    { name: 'command', text: protocol.command },
    {
      name: 'versions',
      text: Object.entries(protocol.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    },
  ];
}
