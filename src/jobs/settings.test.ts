import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attentionBce } from '../train/recipes/attention.ts';
import { defineRecipe } from '../train/recipes/define-recipe.ts';
import { recipes } from '../train/recipes/recipes.ts';
import { readSettings } from './read-settings.ts';
import { resolveRecipe, settingsDefaults, settingsFrom } from './settings.ts';

const resolve = (name: string, changes: unknown): unknown =>
  resolveRecipe(name, { ...settingsDefaults, recipes: { [name]: changes } });
const jrc = [
  { name: 'bce', weight: 1 },
  { name: 'jrc', weight: 0.1 },
];

describe('a recipe changed by settings', () => {
  it('is the recipe with these changes', () => {
    for (const { name, config } of recipes.all)
      expect(resolve(name, { epochs: 5, model: { width: 32 } })).toEqual({
        ...config(),
        epochs: 5,
        model: { ...config().model, width: 32 },
      });
    // Without heads there is nothing to divide.
    expect(resolve('dlcm', { model: { heads: 5 } })).toMatchObject({ model: { heads: 5, width: 64 } });
    expect(resolve('two-stage', { losses: jrc, model: { head: 'joint' } })).toMatchObject({ losses: jrc });
  });

  it.each([
    [
      'graph-bce',
      { model: { heads: 5 } },
      'recipes.graph-bce.model.heads: expected a divisor of model.width, which is 64, found 5',
    ],
    [
      'attention-bce',
      { losses: jrc },
      'recipes.attention-bce.model.head: expected "joint", since the loss jrc reads two logits',
    ],
    ['two-stage', { losses: jrc }, 'recipes.two-stage.model.head: expected "joint"'],
    [
      'two-stage',
      { firstStage: { losses: jrc, epochs: 1 } },
      'recipes.two-stage.firstStage: expected none, since factors says how the table is fitted; leave out one of them',
    ],
    [
      'prm',
      { factors: { userRidge: 1, levelRidge: 1, itemRidge: 1, rateWeight: 1, sweeps: 1 } },
      'recipes.prm.factors: expected none, since the scorer "prm" has no table of factors',
    ],
    [
      'prm',
      { firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 2 } },
      'recipes.prm.firstStage: expected none, since model.personal is "joint"; leave it out',
    ],
    [
      'prm',
      { model: { personal: 'pretrained' } },
      'recipes.prm.firstStage: expected one, since model.personal is "pretrained"; give { "losses"',
    ],
    [
      'dlcm',
      { firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 2 } },
      'recipes.dlcm.firstStage: expected none, since the scorer "dlcm" has one stage',
    ],
    [
      'attention-bce',
      { losses: [jrc[0], jrc[0]] },
      'recipes.attention-bce.losses: expected every loss once, found "bce" twice',
    ],
    [
      'attention-bce',
      { model: { width: 0 } },
      'recipes.attention-bce.model.width: expected number to be >0, found 0; to see',
    ],
    ['attention-bce', { modle: {} }, 'recipes.attention-bce: expected one of recipe, '],
    ['attention-bce', { recipe: '../../elsewhere' }, 'recipes.attention-bce.recipe: expected "attention-bce", found'],
  ])('%s with %j is refused, by the key', (name, changes, message) => {
    expect(() => resolve(name, changes)).toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }),
    );
  });
});

describe("a recipe of one's own that names what kinds do not have", () => {
  const mine = defineRecipe({ name: 'mine', base: attentionBce, losses: [{ name: 'strange', weight: 1 }] });

  it('is told what to mend, and no command, since none would find it without the config', () => {
    expect(() => resolveRecipe('mine', { ...settingsDefaults, kinds: [mine] })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^resolveRecipe: settings: recipe "mine": losses.*"strange".*; mend the recipe, or its changes in the settings(?!.*npx slatewise)/,
        ),
      }),
    );
  });
});

describe('a config file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settings-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const read = async (text: string): Promise<unknown> => {
    const path = join(folder, 'config.json');
    await writeFile(path, text);
    return readSettings(path).catch((error: Error) => `${error.name}: ${error.message.slice(folder.length + 1)}`);
  };

  it('changes what it names and nothing else', async () => {
    expect(await read('{"split": {"by": "user"}, "historyLength": 3}')).toEqual({
      ...settingsDefaults,
      split: { ...settingsDefaults.split, by: 'user' },
      historyLength: 3,
    });
  });

  it.each([
    [
      '{"recipes": {"__proto__": {"epochs": 1}}}',
      'recipes.__proto__: expected a name, found "__proto__"; leave it out',
    ],
    ['{"recipes": {"attention-bce": {"model": {"__proto__": {}}}}}', 'recipes.attention-bce.model.__proto__: expected'],
    ['{"recipes": {"constructor": {"epochs": 1}}}', 'recipes: expected one of pointwise-bce, '],
    ['{"recipes": {"atention-bce": {}}}', 'did you mean "attention-bce"?'],
    ['{"feilds": {}}', 'config.json: expected one of $schema, $comment, split, fields, '],
    ['{"feilds": {}}', 'found "feilds"; did you mean "fields"?'],
    [
      '{"split": {"bye": "user"}}',
      'split: expected one of by, train, validation, seed, found "bye"; did you mean "by"?',
    ],
    ['{"split": {"by": "usr"}}', 'split.by: expected one of time, user, found "usr"; did you mean "user"?'],
    ['{"fields": {"item.price": "numerical"}}', 'fields.item.price: expected one of numeric, '],
    [
      '{"encoders": {"minCount": 0}}',
      'encoders.minCount: expected number to be >=1, found 0; docs/config.md lists the settings',
    ],
    ['{"labelTypes": [""]}', 'labelTypes.0: expected string to have >=1 characters, found ""'],
    ['{"graph": {"fanout": 3}}', 'did you mean "fanOut"?'],
  ])('%s is refused in one sentence', async (text, sentence) => {
    const told = await read(text);
    expect(told).toEqual(expect.stringMatching(/^InputError: config\.json: [^\n]*$/));
    expect(told).toContain(sentence);
  });
});

it.each(['', ' '])('a config file without a path, "%s", is refused in one sentence', async (path) => {
  await expect(readSettings(path)).rejects.toMatchObject({
    message: `the config file: expected a path, found "${path}"; name a .json file or a module`,
    code: 'invalid-config',
  });
});

it.each([
  ['throw null;', 'could not read it: it threw null'],
  ["throw new Error('first line\\nsecond');", 'could not read it: first line second'],
])('a config that throws is told in one line: %s', async (text, sentence) => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  await writeFile(join(folder, 'thrown.mjs'), text);
  await expect(readSettings(join(folder, 'thrown.mjs'))).rejects.toThrow(sentence);
});

it('a recipe that is not trained now is judged too, and the pointer as far as it can be alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  const told = async (recipesOf: object): Promise<unknown> => {
    await writeFile(join(folder, 'config.json'), JSON.stringify({ recipes: recipesOf }));
    return readSettings(join(folder, 'config.json'));
  };
  await expect(told({ prm: { epochs: '5' } })).rejects.toThrow('recipes.prm.epochs: expected number, found "5"');
  await expect(told({ 'exact-k-pointer': { batch: 0 } })).rejects.toThrow('recipes.exact-k-pointer.batch: ');
  await expect(told({ 'exact-k-pointer': { size: 60 } })).resolves.toMatchObject({
    recipes: { 'exact-k-pointer': { size: 60 } },
  });
});

it.each([
  ['none.json', 'found no such file; check the path'],
  ['.', 'found a folder; check the path'],
  ['config.yaml', 'found a .yaml file; write it as one of those'],
  ['config', 'found a name without an ending'],
])('a config file that cannot be one is told in our words: %s', async (name, sentence) => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  for (const file of ['config.yaml', 'config']) await writeFile(join(folder, file), 'epochs: 5');
  await expect(readSettings(join(folder, name))).rejects.toMatchObject({
    code: 'invalid-config',
    message: expect.stringContaining(
      `expected a config file (.json, or a module: .mjs .js .cjs .ts .mts .cts), ${sentence}`,
    ),
  });
});

it('changes that are undefined are none, as everywhere in settings', () => {
  expect(resolve('prm', undefined)).toEqual(recipes.named('prm').config());
  expect(settingsFrom({ recipes: { prm: undefined } }, 'config').recipes).toEqual({ prm: undefined });
});

it('a recipe of its own that is wrong is told with the path of its config, though it is not trained now', () => {
  const mine = defineRecipe({ name: 'mine', config: () => ({ ...attentionBce.config(), recipe: 'mine', epochs: 0 }) });
  expect(() => settingsFrom({ kinds: [mine] }, 'my.config.mjs')).toThrow(
    /^my\.config\.mjs: recipe "mine": epochs: .*mend the recipe/,
  );
});

it('a CommonJS module is read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  await writeFile(join(folder, 'mine.cjs'), 'module.exports = { historyLength: 7 };');
  expect(await readSettings(join(folder, 'mine.cjs'))).toMatchObject({ historyLength: 7 });
});
