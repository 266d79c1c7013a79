import { expect, it } from 'vitest';
import type { CompanyWorth } from '../../measure/company-worth.ts';
import { worthText } from './worth-text.ts';

const worth: CompanyWorth = {
  verdict: 'yes',
  clicks: { estimate: 0.0212, low: 0.014, high: 0.029, chance: 0.954 },
  logLoss: { estimate: 0.0031, low: 0.001, high: 0.005, chance: 0.97 },
  least: 0.01,
  lists: 1617,
  users: 565,
  listsToTell: 2345,
};
const first = (changes: Partial<CompanyWorth>): string =>
  worthText({ ...worth, ...changes }, { recipe: 'attention-bce', seeds: 5 }).split('\n')[0];

it.each<[string, Partial<CompanyWorth>, string]>([
  [
    'clicks',
    {},
    'Yes: company is worth modelling. About 2.1 % more clicks [1.4 %, 2.9 %]; 95 of 100 such logs would show it.',
  ],
  [
    'probabilities alone',
    { clicks: { ...worth.clicks, low: -0.001 } },
    'Yes, for the probabilities: they are better with company, and 97 of 100 such logs would show it. More clicks are not shown: [-0.1 %, 2.9 %].',
  ],
  [
    'nothing',
    { verdict: 'no', clicks: { ...worth.clicks, high: 0.003 } },
    'No: company brings at most 0.3 % more clicks on this log.',
  ],
  [
    'a loss',
    { verdict: 'no', clicks: { ...worth.clicks, high: -0.003 } },
    'No: company brings at most 0.0 % more clicks on this log.',
  ],
  [
    'too few lists',
    { verdict: 'open', clicks: { ...worth.clicks, low: -0.01 } },
    'Open: this log shows no gain and excludes none [-1.0 %, 2.9 %]; about 2,400 test lists would show a gain of 1.0 % in 80 of 100 such logs.',
  ],
  [
    'too few trainings',
    { verdict: 'open', clicks: { ...worth.clicks, low: -0.01 }, listsToTell: undefined },
    'Open: this log shows no gain and excludes none [-1.0 %, 2.9 %]; more trainings (--seeds) come first: their luck hides it.',
  ],
  [
    'a sure thing',
    { clicks: { ...worth.clicks, chance: 1 } },
    'Yes: company is worth modelling. About 2.1 % more clicks [1.4 %, 2.9 %]; more than 99 of 100 such logs would show it.',
  ],
])('says what was found: %s', (_, changes, sentence) => {
  expect(first(changes)).toBe(sentence);
});

it('says what it rests on', () => {
  const text = worthText(worth, { recipe: 'prm', seeds: 5 });
  expect(text).toContain('2.1 % more clicks where prm orders it than where pointwise-bce does [1.4 %, 2.9 %].');
  expect(text).toContain('Its log loss is 0.0031 lower; lower by [0.0010, 0.0050].');
  const worse = { estimate: -0.02, low: -0.03, high: -0.01, chance: 0 };
  const loses = worthText({ ...worth, verdict: 'no', clicks: worse, logLoss: worse }, { recipe: 'prm', seeds: 5 });
  expect(loses).toContain('2.0 % fewer clicks where prm orders it than where pointwise-bce does [-3.0 %, -1.0 %].');
  expect(loses).toContain('Its log loss is 0.0200 higher; lower by [-0.0300, -0.0100].');
  expect(text).toContain('1617 test lists of 565 users, 5 trainings of each');
});
