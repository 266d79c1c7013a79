import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodedMarket, type Market } from '../../../test/encoded-market.ts';
import { toyConfig } from '../../../test/pointer-toy.ts';
import { createReplay, type Replay } from '../../../test/replayed.ts';
import type { Dataset, ImpressionFacts } from '../../datasets/folder/dataset.ts';
import { encodeDataset } from '../../datasets/walk/encode-dataset.ts';
import { assignSplit } from '../../datasets/walk/split.ts';
import { loadPointer } from '../../generate/pointer/pointer-folder.ts';
import { objectiveNamed } from '../../generate/request/objective.ts';
import type { Memory } from '../../memory/memory.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { createCandidateScorer } from '../../scoring/candidate-scorer.ts';
import { saveModel } from '../../scoring/model-folder.ts';
import { EMPTY } from '../../slate/places.ts';
import type { PointerConfig } from '../../train/pointer/pointer-config.ts';
import { silentReporter } from '../reporter.ts';
import { resolvePointer, settingsDefaults } from '../settings.ts';
import { listsOfFold } from '../user-fold.ts';
import { type PointerRequest, type PointerRequestsOptions, walkRequests } from './pointer-requests.ts';
import { createRewards } from './pointer-rewards.ts';
import { trainPointer } from './train-pointer.ts';

let market: Market;
let folder: string;
beforeAll(async () => {
  market = await encodedMarket();
  folder = await mkdtemp(join(tmpdir(), 'train-pointer-'));
  await saveModel(join(folder, 'scorer'), market.scorer);
});

const freshReplay = (): Replay => createReplay({ encoders: market.encoded.features.encoders, historyLength: 3 });
const freshMemory = (): Memory => market.encoded.memory.emptied();

async function walked(
  options: Partial<PointerRequestsOptions> = {},
  dataset: Dataset = market.dataset,
): Promise<readonly PointerRequest[]> {
  const requests: PointerRequest[] = [];
  await walkRequests(dataset, {
    split: settingsDefaults.split,
    memory: freshMemory(),
    train: 20,
    heldOut: 5,
    candidates: 24,
    rng: createRng(1),
    capture: (request) => requests.push(request),
    ...options,
  });
  return requests;
}

/** The same log, in which nobody knows who asked for every third list. */
const partlyAnonymous = (dataset: Dataset): Dataset => ({
  ...dataset,
  async *rows() {
    for await (const row of dataset.rows()) {
      if (row.kind !== 'impression' || row.index % 3 !== 0) yield row;
      else yield { ...row, impression: { ...row.impression, ranking: { ...row.impression.ranking, user: '' } } };
    }
  },
  async impressionFacts() {
    const facts = await dataset.impressionFacts();
    return { ...facts, users: facts.users.map((user, index) => (index % 3 === 0 ? '' : user)) };
  },
});

describe('requests of a log', () => {
  it('have what was shown and its clicks, then other items known by then, all at the first place', async () => {
    const shownBy = new Map<string, { readonly ids: readonly string[]; readonly clicks: readonly number[] }>();
    const knownBy = new Map<string, ReadonlySet<string>>();
    const known = new Set<string>();
    for await (const row of market.dataset.rows()) {
      if (row.kind === 'item') known.add(row.event.item);
      if (row.kind !== 'impression') continue;
      const { ranking, clickTimesK } = row.impression;
      shownBy.set(ranking.id, { ids: ranking.items.map(({ id }) => id), clicks: [...clickTimesK] });
      knownBy.set(ranking.id, new Set(known));
      for (const { id } of ranking.items) known.add(id);
    }
    const requests = await walked();
    expect(requests.map(({ part }) => part)).toEqual([...Array(20).fill('train'), ...Array(5).fill('heldOut')]);
    const times = requests.map(({ impression }) => impression.ranking.time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const { impression, shown: count } of requests) {
      const { id, items } = impression.ranking;
      const shown = shownBy.get(id) ?? { ids: [], clicks: [] };
      expect(items.slice(0, shown.ids.length).map((item) => item.id)).toEqual(shown.ids);
      expect(count).toBe(shown.ids.length);
      expect([...impression.clickTimesK.subarray(0, shown.ids.length)]).toEqual(shown.clicks);
      expect(new Set(items.map((item) => item.id)).size).toBe(24);
      for (const item of items.slice(shown.ids.length)) expect(knownBy.get(id)).toContain(item.id);
      expect(items.every(({ position }) => position === 0)).toBe(true);
    }
    expect(await walked()).toEqual(requests);
    expect(await walked({ rng: createRng(2) })).not.toEqual(requests);
  });

  it('meet the memory that a replay of every list has at their moment', async () => {
    const { memory, peek, take } = freshReplay();
    const [rows, ids]: [number[], string[]] = [[], []];
    await walked({
      memory,
      capture: ({ impression }) => {
        rows.push(peek(impression));
        ids.push(impression.ranking.id);
      },
    });
    const slates = take();
    const full = freshReplay();
    const expected: number[] = [];
    const requests = new Map((await walked()).map((request) => [request.impression.ranking.id, request]));
    for await (const row of market.dataset.rows()) {
      if (row.kind === 'item') full.applyItem(row.event);
      else if (row.kind === 'user') full.applyUser(row.event);
      else {
        const request = requests.get(row.impression.ranking.id);
        if (request) expected.push(full.peek(request.impression));
        full.add(row.impression);
      }
    }
    const all = full.take();
    const F = slates.slotDenseSF.length / slates.itemRowS.length;
    for (const [at, row] of rows.entries()) {
      const own = slates.slotDenseSF.subarray(slates.offsets[row] * F, slates.offsets[row + 1] * F);
      const other = all.slotDenseSF.subarray(all.offsets[expected[at]] * F, all.offsets[expected[at] + 1] * F);
      expect(own, ids[at]).toEqual(other);
    }
  });

  it.each(['time', 'user'] as const)(
    'are of the users that a scorer of the fold learned from, lists of nobody known drawn one by one, split by %s',
    async (by) => {
      const split = { ...settingsDefaults.split, by };
      const dataset = partlyAnonymous(market.dataset);
      const { slates, listB, train, validation } = await encodeDataset(dataset, {
        ...settingsDefaults,
        split,
        graph: undefined,
        // Copies of lists take no part in the draw of users.
        partial: 2,
      });
      const ids: string[] = [];
      for await (const row of market.dataset.rows())
        if (row.kind === 'impression') ids[row.index] = row.impression.ranking.id;
      for (const fold of [1, 2, 3].map((share) => ({ share, of: 3 }))) {
        const requests = await walked({ split, fold, train: 10_000, heldOut: 10_000 }, dataset);
        const askedIn = (part: string): Set<string> =>
          new Set(requests.flatMap((each) => (each.part === part ? each.impression.ranking.id : [])));
        expect(askedIn('train')).toEqual(new Set(Array.from(listsOfFold(slates, train, fold), (at) => ids[listB[at]])));
        // As the scorer's epoch, the pointer's is chosen on all of the validation part.
        expect(askedIn('heldOut')).toEqual(new Set(Array.from(validation, (at) => ids[listB[at]])));
      }
    },
  );

  it('are all there are where fewer lists or items are known', async () => {
    const requests = await walked({ heldOut: 10_000, candidates: 100_000 });
    expect(requests.filter(({ part }) => part === 'heldOut').length).toBe(market.encoded.validation.length);
    expect(requests[0].impression.ranking.items.length).toBeLessThan(100_000);
  });
});

describe('rewards', () => {
  it('are what the candidate scorer says, for any number of workers', async () => {
    const scorer = { ...market.scorer, calibration: { form: 'platt', intercept: -1, slope: 0.5 } as const };
    const requests = (await walked()).slice(0, 3).map(({ impression }) => impression.ranking);
    const rewarded = requests.map((request) => ({
      candidates: scorer.encoder.candidates({ ...request, time: scorer.card.knownUntil + 1 }, scorer.memory),
      objective: objectiveNamed('clicks', { candidates: request.items }),
    }));
    const rng = createRng(8);
    const asked = [0, 2].map((request) => ({
      request,
      slates: Array.from({ length: 140 }, (_, at) =>
        Int32Array.from(rng.shuffle([...Array(24).keys()]).slice(0, 4), (n, t) => (t >= 1 + (at % 4) ? EMPTY : n)),
      ),
    }));
    const [one, two] = await Promise.all(
      [1, 2].map(async (workers) => {
        const rewards = await createRewards(scorer, rewarded, { workers });
        const values = await rewards.value(asked);
        await rewards.close();
        return values;
      }),
    );
    expect(two).toEqual(one);
    const candidateScorer = await createCandidateScorer(scorer, { workers: 1 });
    for (const [at, { request, slates }] of asked.entries()) {
      const open = candidateScorer.open({ ...requests[request], time: scorer.card.knownUntil + 1 });
      const { offsets, logits } = await open.score(slates);
      for (const b of slates.keys()) {
        const own = logits.subarray(offsets[b], offsets[b + 1]);
        const clicks = own.reduce((sum, logit) => sum + 1 / (1 + Math.exp(-logit)), 0);
        expect(one[at][b]).toBeCloseTo(clicks, 4);
      }
    }
    await candidateScorer.close();
  });
});

const tiny = (): PointerConfig => {
  const base = toyConfig();
  return {
    ...base,
    size: 3,
    candidates: 14,
    requests: 16,
    heldOut: 4,
    imitation: { ...base.imitation, epochs: 1 },
    reinforcement: { ...base.reinforcement, epochs: 1, samples: 2 },
  };
};

const train = (
  name: string,
  changes: Partial<PointerConfig> = {},
  scorer = 'scorer',
): ReturnType<typeof trainPointer> =>
  trainPointer(market.dataset.folder, {
    config: { ...tiny(), ...changes },
    scorer: join(folder, scorer),
    folder: join(folder, name),
    seed: 1,
    workers: 1,
    settings: settingsDefaults,
    cacheFolder: join(folder, 'cache'),
    reporter: silentReporter,
  });

/** Sizes of the parts as a scorer's card has them. */
function assignedParts(facts: ImpressionFacts): { readonly parts: object } {
  const parts = assignSplit(facts, settingsDefaults.split);
  const lists = (wanted: number): object => ({ lists: parts.filter((part) => part === wanted).length });
  return { parts: { train: lists(0), validation: lists(1), test: lists(2) } };
}

describe('training a pointer on a log', () => {
  it('writes a complete folder, the same for the same seed', async () => {
    const trained = await train('one');
    expect(trained?.card).toMatchObject({ recipe: 'exact-k-pointer', size: 3, candidates: 14, objective: 'clicks' });
    expect(trained?.card.protocol.records.map(({ stage }) => stage)).toEqual(['imitation', 'reinforcement']);
    const stored = await loadPointer(join(folder, 'one'));
    expect(stored.card).toEqual(trained?.card);
    await train('two');
    expect(modelArrays((await loadPointer(join(folder, 'two'))).model)).toEqual(modelArrays(stored.model));
  });

  it('learns from the users of its scorer alone, of the log that tells who they are', async () => {
    const { parts } = assignedParts(await market.dataset.impressionFacts());
    const protocol = { data: 'log', split: settingsDefaults.split, parts, fold: '2/2' };
    const { scorer } = market;
    const save = (name: string, card: object): Promise<void> =>
      saveModel(join(folder, name), { ...scorer, card: { ...scorer.card, ...card } });
    await save('of-fold', { protocol });
    const many = { requests: 10_000, imitation: { ...tiny().imitation, epochs: 0 } };
    const [all, half] = await Promise.all([train('all', many), train('half', many, 'of-fold')]);
    expect(half?.card.protocol).toMatchObject({ fold: '2/2', heldOut: all?.card.protocol.heldOut });
    expect(half?.card.protocol.requests).toBeGreaterThan(0);
    expect(half?.card.protocol.requests).toBeLessThan(all?.card.protocol.requests ?? 0);
    expect(all?.card.protocol).not.toHaveProperty('fold');
    await save('elsewhere', { protocol, knownUntil: scorer.card.knownUntil + 1 });
    await expect(train('none', {}, 'elsewhere')).rejects.toThrow('which users are in its fold 2/2 is known only there');
  });

  it('says what is wrong with an objective, and with too few candidates', async () => {
    await expect(train('none', { objective: 'value:colour' })).rejects.toThrow(/colour/);
    expect(() => resolvePointer(settingsDefaults, { size: 9, candidates: 8 })).toThrow(/found 8 for 9/);
    expect(() => resolvePointer({ ...settingsDefaults, recipes: { 'exact-k-pointer': { batch: 0 } } })).toThrow(
      /recipes\.exact-k-pointer\.batch/,
    );
    expect(resolvePointer(settingsDefaults, { size: 4 })).toMatchObject({ size: 4, candidates: 50 });
  });
});
