import type { CompanyWorth, Gain } from '../../measure/company-worth.ts';

/** The answer in words: a sentence for whoever decides, one on the probabilities, and what it rests on. */
export function worthText(worth: CompanyWorth, { recipe, seeds }: { recipe: string; seeds: number }): string {
  const { lists, users, clicks, logLoss } = worth;
  return [
    verdictSentence(worth),
    `In the upper half of each list stand ${moreOrFewer(clicks.estimate)} clicks where ${recipe} orders it than where pointwise-bce does ${range(clicks, percent)}.`,
    `Its log loss is ${digits(Math.abs(logLoss.estimate))} ${logLoss.estimate < 0 ? 'higher' : 'lower'}; lower by ${range(logLoss, digits)}.`,
    `${lists} test lists of ${users} users, ${seeds} trainings of each; brackets are 95 % intervals over users and seeds.`,
    'Clicks were counted on lists as they were shown. A page that shows half of the items changes the company of the rest.',
  ].join('\n');
}

function verdictSentence(worth: CompanyWorth): string {
  const { verdict, clicks, logLoss, least, listsToTell } = worth;
  if (verdict === 'yes' && clicks.low > 0)
    return `Yes: company is worth modelling. About ${percent(clicks.estimate)} more clicks ${range(clicks, percent)}; ${ofHundred(clicks.chance)} of 100 such logs would show it.`;
  if (verdict === 'yes')
    return `Yes, for the probabilities: they are better with company, and ${ofHundred(logLoss.chance)} of 100 such logs would show it. More clicks are not shown: ${range(clicks, percent)}.`;
  if (verdict === 'no')
    return `No: company brings at most ${percent(Math.max(0, clicks.high))} more clicks on this log.`;
  const more =
    listsToTell === undefined
      ? 'more trainings (--seeds) come first: their luck hides it'
      : `about ${roundUp(listsToTell)} test lists would show a gain of ${percent(least)} in 80 of 100 such logs`;
  return `Open: this log shows no gain and excludes none ${range(clicks, percent)}; ${more}.`;
}

const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : 'unknown');
const moreOrFewer = (share: number): string => `${percent(Math.abs(share))} ${share < 0 ? 'fewer' : 'more'}`;
const digits = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'unknown');
const range = ({ low, high }: Pick<Gain, 'low' | 'high'>, print: (value: number) => string): string =>
  `[${print(low)}, ${print(high)}]`;

/** Never all or nothing: a chance is not certainty. */
const ofHundred = (chance: number): string =>
  chance > 0.99 ? 'more than 99' : chance < 0.01 ? 'less than 1' : `${Math.round(100 * chance)}`;

/** To two digits: no such number is known better. */
function roundUp(count: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return (Math.ceil(count / unit) * unit).toLocaleString('en-US');
}
