import { describe, expect, it } from 'vitest';
import { ended } from '../../test/command-ending.ts';
import { mainRecipes } from '../train/recipes/recipes.ts';
import { EXIT } from './exit-codes.ts';
import { createProgram } from './program.ts';

/** None of the files and folders exists: whoever looked for one before the options would fail otherwise. */
const cases: readonly (readonly [string, string])[] = [
  [
    'generate m r.jsonl --generator magic',
    'Expected one of top, rerank, greedy, beam, swap, beam+swap, exhaustive, pointer',
  ],
  ['generate m r.jsonl --generator pointer', '--generator pointer: expected --pointer <folder> beside it, found none'],
  ['generate m r.jsonl --pointer p', '--pointer p: expected --generator pointer beside it, found beam+swap'],
  ['generate m r.jsonl --objective magic', 'Expected one of clicks, any, value:<field>, found "magic"'],
  ['generate m r.jsonl --objective value:', 'found "value:"; did you mean "value:<field>"?'],
  ['generate m r.jsonl --size 0', 'Expected a whole number from 1, found "0"'],
  ['generate m r.jsonl --diversity -1', 'Expected a number from 0, found "-1"'],
  ['evaluate m d --value price --generator top', '--value: expected without --generator'],
  ['train d --out o --config=', 'the config file: expected a path, found ""; name a .json file or a module'],
  ['score m r.jsonl --config=', 'the config file: expected a path, found ""'],
  ['evaluate m', 'expected a data set folder or an event log after the model, found none'],
  ['evaluate m --generator top', 'expected a data set folder or an event log after the model, found none'],
  ['evaluate m d --generator top,magic', 'found "magic"'],
  ['evaluate m d --generator pointer,top', '--generator pointer: expected --pointer'],
  ['evaluate m d --pointer p', '--pointer p: expected --generator pointer beside it, found no --generator'],
  ['evaluate m d --held-out', '--held-out: expected with --generator'],
  ['evaluate m d --judge j', '--judge: expected with --generator'],
  ['evaluate m d --size 4', '--size: expected with --generator'],
  ['evaluate m --truth t', '--truth: expected with --generator'],
  ['evaluate m d --generator top --gap', '--gap: expected with --truth'],
  ['evaluate m d --generator top --against o', '--against: expected with --truth'],
  ['evaluate m d --generator top --candidates 50', '--candidates: expected with --truth'],
  ['evaluate m d --generator top --requests 9', '--requests: expected with --truth'],
  ['evaluate m d --generator top --held-out --allow-overlap', '--allow-overlap: expected without --held-out'],
  ['evaluate m d --generator top --truth t', '--truth: expected no log beside it, found d'],
  ['evaluate m --generator top --truth t --held-out', '--held-out: expected on a log, found --truth'],
  ['evaluate m --generator top --truth t --judge j', '--judge: expected on a log, found --truth'],
  ['evaluate m --generator top --truth t --cache c', '--cache: expected on a log, found --truth'],
  ['evaluate m --generator top --truth t --allow-rejects 1', '--allow-rejects: expected on a log, found --truth'],
  ['evaluate m --generator top --truth t --cache c', '--cache: expected on a log, found --truth'],
  ['evaluate m --generator top --truth t --size 6 --candidates 5', 'found 5 for slates of 6'],
  ['train d --out o --fold 3/2', 'Expected i/n with i from 1 to n, such as 1/2, found "3/2"'],
  ['train d --out o --fold 1/2 --refit-all', '--fold: expected no --refit-all beside it'],
  ['train d --out o --scorer s', '--scorer: expected with --recipe exact-k-pointer'],
  ['train d --out o --recipe exact-k-pointer', 'found no --scorer'],
  ['train d --out o --recipe exact-k-pointer --scorer s --refit-all', '--refit-all: expected with another recipe'],
  [
    'train d --out o --recipe exact-k-pointer --scorer s --objective magic',
    'Expected one of clicks, any, value:<field>',
  ],
  ['compare d --baseline nope', '--baseline: expected one of pointwise-bce, attention-bce, '],
  ['compare d --baseline atention-bce', 'found "atention-bce"; did you mean "attention-bce"?'],
  [
    'compare d --recipes prm,exact-k --baseline graph-bce',
    '--baseline: expected one of prm, exact-k, found "graph-bce"; name one of these, or compare it too: --recipes',
  ],
  ['compare d --recipes all,prm', '--recipes: expected names of recipes, or all by itself, found "all,prm"'],
  ['worth d --recipe pointwise-bce', 'expected a recipe whose model sees the list'],
  ['worth d --recipe magic', '--recipe: expected one of'],
  ['worth d --seeds 1', 'Expected a whole number from 2, found "1"'],
  ['worth d --least 0', 'Expected a number above 0 and below 100, found "0"'],
  ['effects d --recipe pointwise-bce', 'expected a recipe whose model sees the list'],
  ['effects d --svg x.svg', '--svg: expected with --by, found none'],
  ['effects d --proposals 0', 'Expected a whole number from 1, found "0"'],
  ['simulate --out x --effects weak', 'Allowed choices are none, mild, strong'],
  ['simulate --out x --scene drinks --effects mild', '--effects: expected with the scene market'],
  ['simulate --out x --base low', 'Expected a number, found "low"'],
  ['simulate --out x --policy -1', 'Expected a number from 0, found "-1"'],
  ['simulate --out x --policy 1 --propensities', '--propensities: expected none of a shop with preferences'],
  ['simulate --out x --size 10-3', 'a range such as 3-10, found "10-3"'],
  ['simulate --out x --items 30 --size 3-31', '--size: expected at most the 30 items on sale, found 31'],
  ['simulate --out x --scene drinks --users 5', '--users: expected with the scene market'],
  ['simulate --out x --truth ./x', '--truth: expected another file than --out'],
  ['simulate', '--out: expected a file for the log, found none; name one, or the server that is visited: --live'],
  ['simulate --live http://u --out x', '--out: expected without --live, found it beside it; leave it out'],
  ['simulate --out x --shift reversed', '--shift: expected with --live, found it without it; leave it out'],
  ['simulate --live http://a --shift reversed', '--shift: expected with --shift-day, found none; name the day'],
  ['simulate --live http://a --shift-day 2 --shift back', 'Allowed choices are moved, reversed.'],
  ['simulate --out x --shift-day 3', '--shift-day: expected with --live, found it without it; leave it out'],
  ['simulate --out x --no-best', '--no-best: expected with --live, found it without it'],
  ['simulate --live http://u --size 3-10', '--size: expected one number with --live, found 3-10'],
  [
    'simulate --live http://u --candidates 9',
    '--candidates: expected from the 10 items of a list to the 400 on sale, found 9',
  ],
  ['simulate --live http://u --rate 0', '--rate: expected a number above 0, found 0'],
  [
    'simulate --live http://u --ask rank --generator swap',
    '--generator: expected with --ask generate, found --ask rank',
  ],
  ['simulate --live http://u --ask rank --explore {}', '--explore: expected with --ask generate, found --ask rank'],
];

describe('a usage error', () => {
  it.each(cases)('%s', async (line, sentence) => {
    const { code, said } = await ended(line);
    expect(said).toContain(sentence);
    expect(code).toBe(EXIT.usage);
    expect(said.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('is none where everything fits: the missing folder is told', async () => {
    const fine = [
      'evaluate none d --generator top --held-out --size 3',
      'evaluate none --generator top,greedy --truth t --gap --candidates 9 --size 9',
      'generate none r.jsonl --objective value:price --generator greedy',
    ];
    for (const line of fine)
      expect(await ended(line)).toMatchObject({
        code: EXIT.failed,
        said: expect.stringContaining('none: expected a model'),
      });
  });
});

describe('the help of a verb', () => {
  it.each(createProgram().commands.map((command) => [command.name()]))(
    '%s shows defaults as they are typed',
    async (verb) => {
      const { printed } = await ended(`${verb} --help`);
      expect(printed).toContain('Options:');
      expect(printed.replaceAll(/\s+/g, ' ')).not.toMatch(/default: (?:\[|\{)/);
    },
  );

  it('names the recipes that compare trains', async () => {
    expect((await ended('compare --help')).printed.replaceAll(/\s+/g, '')).toContain(
      `default:${mainRecipes.join(',')}`,
    );
  });
});
