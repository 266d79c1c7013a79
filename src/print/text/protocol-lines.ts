import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { PART_NAMES } from '../../measure/protocol.ts';
import { type MetricInfo, metricsOf } from '../../measure/report-metrics.ts';
import { formatCount, formatLevel, listed } from '../format-numbers.ts';

/** The protocol as named lines of text, the same in every rendering. */
export function protocolLines(report: ComparisonReport): { name: string; text: string }[] {
  const { protocol, baseline } = report;
  const { covers, level, users, resamples, seed, rivals, pairedBySeed } = protocol.intervals;
  const orders = familiesOf(metricsOf(report).filter(({ group }) => group === 'order'));
  const drawn = `${formatCount(resamples)} resamples of the ${formatCount(users)} test users, seed ${seed}`;
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
        covers === 'users'
          ? `${formatLevel(level)}, of the drawn test users alone (percentile bootstrap, ${drawn}): a recipe's luck with another seed is not in them, so none is called better`
          : `${formatLevel(level)}, of users and seeds: crossed random effects, Student's t (${drawn}); docs/intervals.md`,
    },
    ...(pairedBySeed.length > 0 && covers !== 'users'
      ? [
          {
            name: 'paired',
            text: `by user; and seed by seed, since a seed draws the same weights for them: ${pairedBySeed.map((names) => names.join(', ')).join('; ')}`,
          },
        ]
      : []),
    ...(rivals.ofBaseline > 1
      ? [
          {
            name: 'several',
            text:
              `the intervals of all ${rivals.ofBaseline} recipes to the baseline hold together, metric by metric: each by itself is of ` +
              `${formatLevel(1 - (1 - level) / rivals.ofBaseline)} (Bonferroni)${covers === 'users' ? '' : ', so the best of them may be picked'}`,
          },
        ]
      : []),
    {
      name: 'left out',
      text: leftOutText(report),
    },
    {
      name: 'ties',
      text: `equal scores order nothing: areas count them one half, ${listed(orders, 'and')} are means over their orders`,
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

/** What which metrics leave out. */
function leftOutText(report: ComparisonReport): string {
  const metrics = metricsOf(report).filter(({ leavesOut }) => leavesOut !== undefined);
  return LEFT_OUT.map((left) => {
    const families = familiesOf(metrics.filter(({ leavesOut }) => leavesOut === left));
    return `${left} ${left === 'lists without a click' ? 'count in' : 'in'} no ${listed(families, 'or')}`;
  }).join('; ');
}

const LEFT_OUT = ['lists without a click', 'users with one class'] as const;

const familiesOf = (metrics: readonly MetricInfo[]): readonly string[] => [
  ...new Set(metrics.map(({ family, title }) => family ?? title)),
];
