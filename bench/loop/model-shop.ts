/** A shop that asks a model in this program; every night `slatewise retrain` trains the next one, checks, judges, and lets it answer or not. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentReporter } from '../../src/jobs/reporter.ts';
import { resolveRecipe, settingsFrom } from '../../src/jobs/settings.ts';
import type { ListModel } from '../../src/live/list-model.ts';
import { open } from '../../src/live/open.ts';
import type { ModelChoice } from '../../src/retrain/choice/model-choice.ts';
import { retrain } from '../../src/retrain/retrain.ts';
import { type NightlyShop, randomList } from './nightly-shop.ts';
import { type LoopSetup, loopSettings, type Night, type ShopKind } from './setup.ts';
import { type ToldJournal, toldJournal } from './told-journal.ts';

const DAY = 86_400_000;

/** A kind with a recipe. */
export type ModelKind = ShopKind & { readonly recipe: string };

interface Known {
  readonly models: string;
  readonly journal: ToldJournal;
  readonly active: string | undefined;
  readonly model: ListModel | undefined;
  /** Up to when a person has said that all is sound; epoch milliseconds. */
  readonly accepted: number;
}

export async function modelShop(kind: ModelKind, setup: LoopSetup): Promise<NightlyShop> {
  const models = await mkdtemp(join(tmpdir(), 'loop-models-'));
  return shopOf(kind, setup, { models, journal: toldJournal(), active: undefined, model: undefined, accepted: 0 });
}

function shopOf(kind: ModelKind, setup: LoopSetup, { models, journal, ...known }: Known): NightlyShop {
  let { active, model, accepted } = known;
  const { seed } = setup.market;
  const settings = settingsFrom(loopSettings, 'loop');
  const choice: ModelChoice = {
    place: models,
    active: async () => active,
    inUse: async () => [],
    check: async () => {},
    async activate(name) {
      active = name;
    },
  };
  return {
    async show(visit, size) {
      if (model === undefined) return randomList(visit, size, seed);
      const { id, time, user, candidates } = visit;
      const { generator, explore } = kind;
      const request = { id, time, user: user.id, items: candidates.map((item) => item.id) };
      const { slates, policy } = await model.generate(request, { size, generator, explore, seed });
      return {
        ...(policy === undefined ? {} : { policy }),
        items: slates[0].items.map(({ item }) => ({ id: item })),
      };
    },
    async tell(events) {
      journal.add(events);
      if (model) for (const event of events) await model.observe(event);
    },
    async night(day): Promise<Night> {
      const last = journal.lastList();
      const morning = Math.floor(last / DAY) * DAY;
      if (day <= setup.acceptedUntil) accepted = last + 1000;
      const verdict = await retrain({
        ...{ models, journal: journal.asked, choice, settings, config: resolveRecipe(kind.recipe, settings) },
        ...{ seeds: [day], days: setup.judged, margin: setup.margin, keep: 1, workers: setup.workers },
        leftOut: [{ from: 0, to: morning - (setup.window - 1) * DAY }],
        acceptedUntil: accepted,
        reporter: silentReporter,
      });
      if (verdict === undefined) throw new Error('loop: expected a verdict, found an interrupted retraining');
      const { outcome, checks } = verdict;
      if (outcome === 'stopped')
        return { day, outcome, reasons: checks.filter(({ isSound }) => !isSound).map(({ text }) => text) };
      if (outcome === 'activated') {
        await model?.close();
        model = await open(join(models, verdict.model ?? ''));
      }
      return { day, outcome };
    },
    async fork() {
      const copy = await mkdtemp(join(tmpdir(), 'loop-models-'));
      await cp(models, copy, { recursive: true });
      const other = active === undefined ? undefined : await open(join(copy, active));
      if (model) other?.restore(model.snapshot());
      return shopOf(kind, setup, { models: copy, journal: journal.copy(), active, model: other, accepted });
    },
    async [Symbol.asyncDispose]() {
      await model?.close();
      await rm(models, { recursive: true, force: true });
    },
  };
}
