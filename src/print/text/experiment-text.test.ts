import { describe, expect, it } from 'vitest';
import type { ExperimentData, ExperimentUser } from '../../measure/experiment/experiment-report.ts';
import { judgeExperiment } from '../../measure/experiment/judge-experiment.ts';
import { experimentPage } from '../html/experiment-page.ts';
import { pageMarkup } from '../html/page.ts';
import { experimentSentence } from './experiment-sentences.ts';
import { experimentText } from './experiment-text.ts';

/** Every so many-th list is clicked: figures that can be told by heart. */
const users = (variant: number, count: number, { every = 4, milliseconds = 20 } = {}): readonly ExperimentUser[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ variant, hasMoved: false, lists: 1, clicks: Number(at % every === 0), value: 2 * Number(at % every === 0) },
    past: { lists: 0, clicks: 0, value: 0 },
    ...{ answers: 1, milliseconds: milliseconds + (at % 3), fallbacks: 0, cancelled: 0, failed: 0, refused: 0 },
  }));

const reportOf = (all: readonly ExperimentUser[], given: Partial<ExperimentData> = {}) =>
  judgeExperiment({
    ...{ name: 'order', variants: ['old', 'new'], valueField: undefined, shadows: [], users: all },
    ...{ expected: [all.length / 2, all.length / 2], ...given },
  });

describe('the sentence of an experiment', () => {
  it('says that a variant brings more, fewer, or that it is open', () => {
    const of = (every: number): string =>
      experimentSentence(reportOf([...users(0, 2000), ...users(1, 2000, { every })]));
    expect(of(2)).toMatch(/^order: new brings more clicks per list than old: \+100.0 %, between .* It can take over.$/);
    expect(of(8)).toMatch(/new brings fewer clicks per list than old: −50.0 %, between .* End it.$/);
    expect(of(4)).toMatch(/whether new brings more or fewer clicks per list than old is open: \+0.0 %/);
  });

  it('does not let a variant take over that is slower', () => {
    const sentence = experimentSentence(
      reportOf([...users(0, 2000), ...users(1, 2000, { every: 2, milliseconds: 50 })]),
    );
    expect(sentence).toContain('It has more milliseconds an answer, which is no chance.');
    expect(sentence).not.toContain('take over');
  });

  it('believes nothing where users were lost, or too few came, or nothing was shown', () => {
    const lost = reportOf([...users(0, 2000), ...users(1, 1000, { every: 2 })]);
    expect(experimentSentence(lost)).toMatch(
      /^order: users did not come in the shares that were meant: old 2,000 of 1,500 and new 1,000 of 1,500 users expected \(p below 0.0001\)/,
    );
    expect(experimentSentence(reportOf([...users(0, 50), ...users(1, 50)]))).toContain('too few users');
    const hidden = [...users(0, 50), ...users(1, 50)].map((user) => ({ ...user, lists: 0 }));
    expect(experimentSentence(reportOf(hidden))).toContain('no list that was answered in it has been shown yet');
  });
});

it('an experiment is told as a text and as a page, with values and shadows', () => {
  const shadows = [{ model: 'c', lists: 10, clicks: 4, expected: 3.5, answering: 4.25 }];
  const all = [...users(0, 2000), ...users(1, 2000, { every: 2 })];
  const report = reportOf(all, { valueField: 'price', unvaluedClicks: 1200, shadows });
  const text = experimentText(report, (_, words) => words);
  expect(text).toMatch(/old \(control\) +2,000 +2,000 +0\.2500/);
  expect(text).toMatch(/new +2,000 +2,000 +1\.0000 +\+0\.5000 \[\+0\.\d{4}, \+0\.\d{4}\]/);
  expect(text).toContain('shadow c: 10 lists with 4 clicks; it expected 3.5, the models that answered 4.3');
  expect(text).toContain('No user was shown lists before the experiment');
  expect(text).toContain('new: milliseconds an answer: 20.9995 against 20.9995; no rise is shown');
  const page = pageMarkup(experimentPage([report], 'journal'));
  const unvalued = '1,200 clicks were on items without a number price: each counts 0 in price per list.';
  expect([text.includes(unvalued), page.includes(unvalued)]).toEqual([true, true]);
  expect(experimentText(reportOf(all), (_, words) => words)).not.toContain('without a number');
  // Without a past, both cells of it have a dash, of the control as of the others.
  for (const variant of ['old', 'new']) expect(text).toMatch(new RegExp(`^${variant} .* – +– *$`, 'm'));
  expect(page).toContain('price per list');
  expect(page).toContain('brings more clicks per list');
});

it('a variance that the past hardly changes is told as 0 %, whatever its sign', () => {
  const some = [...users(0, 2000), ...users(1, 2000)].map((user, at) => ({
    ...user,
    past: { lists: 1, clicks: Number(at % 7 === 0), value: 0 },
  }));
  const text = experimentText(reportOf(some), (_, words) => words);
  expect(text).toMatch(/ 0 %/);
  expect(text).not.toContain('−-');
  expect(text).not.toContain('−0 %');
});
