import { beforeAll, describe, expect, it } from 'vitest';
import { generatorNamed } from '../src/generate/generators.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import type { SlateReply } from '../src/generate/request/slate-reply.ts';
import { createModel } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { modelArrays, type Weights } from '../src/models/tables/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { createCandidateScorer } from '../src/scoring/candidate-scorer.ts';
import { type Influence, influence } from '../src/scoring/influence.ts';
import type { SlateScore } from '../src/scoring/slate-score.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import { trainScorer } from '../src/train/scorer/trainer.ts';
import { smallConfig } from './encoded-drinks.ts';
import { encodedMarket, type Market } from './encoded-market.ts';
import { knownItemsOf, knownUsersOf } from './replayed.ts';

let market: Market;
let ids: readonly string[];
let users: readonly string[];
beforeAll(async () => {
  market = await encodedMarket();
  ids = knownItemsOf(market.scorer.memory);
  users = knownUsersOf(market.scorer.memory);
});

/** Requests of users and items, some of them unknown, of mixed lengths. */
function requests(seed: number, { count, most }: { readonly count: number; readonly most: number }): RankingEvent[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, n): RankingEvent => {
    const items = rng.shuffle([...ids]).slice(0, 2 + rng.integer(most - 1));
    const user = rng.next() < 0.2 ? `nobody ${n}` : users[rng.integer(users.length)];
    const shown = [...items, ...(rng.next() < 0.3 ? [`unheard of ${n}`] : [])].map((id) => ({ id, fields: {} }));
    return { event: 'ranking', id: `r${seed}-${n}`, time: 1.9e12, user, fields: {}, items: shown };
  });
}

/** Whoever may be asked at once, and how each is asked. */
interface Callers {
  readonly score: (seed: number) => Promise<readonly SlateScore[]>;
  readonly generate: (seed: number) => Promise<SlateReply>;
  readonly explain: (seed: number) => Promise<Influence>;
  readonly learn: (seed: number) => Promise<Weights>;
  close(): Promise<void>;
}

async function callers(workers: number): Promise<Callers> {
  const { scorer: stored, encoded } = market;
  const [scorer, candidates, maker] = await Promise.all([
    createSlateScorer(stored, { workers }),
    createCandidateScorer(stored, { workers }),
    createSlateGenerator(stored, {
      ...{ generator: generatorNamed('beam'), objective: 'clicks', seed: 3, size: 4, workers },
    }),
  ]);
  const config = smallConfig('attention-bce', { epochs: 1 });
  return {
    // More than one batch, so that several threads share a call.
    score: (seed) => scorer.score(requests(seed, { count: 150 + (seed % 3) * 90, most: 6 })),
    generate: (seed) => maker.generate(requests(seed, { count: 1, most: 12 })[0]),
    explain(seed) {
      const [request] = requests(seed, { count: 1, most: 7 });
      const open = candidates.open(request);
      return influence(Int32Array.from(request.items.keys()), (slates) => open.score(slates, { missing: 'nothing' }));
    },
    async learn(seed) {
      const model = createModel(createRng(seed), {
        scorer: scorers.named(config.scorer),
        config: { ...config.model, positions: 10, listLength: 10, baseRate: 0.3, slateRate: 0.6 },
        spec: encoded.spec,
      });
      const lists = { slates: encoded.slates, train: encoded.train, validation: encoded.validation };
      await trainScorer(model, lists, { config, seed, workers });
      return modelArrays(model);
    },
    close: async () => void (await Promise.all([scorer.close(), candidates.close(), maker.close()])),
  };
}

describe.each([1, 2])('calls at once on %i workers', (workers) => {
  it('are answered as each alone: a scorer, a generator, influences and trainings', async () => {
    const ask = await callers(workers);
    const calls: readonly (() => Promise<unknown>)[] = [
      ...[1, 2, 3, 4, 5, 6].map((seed) => () => ask.score(seed)),
      ...[7, 8, 9, 10, 11, 12].map((seed) => () => ask.generate(seed)),
      ...[13, 14, 15, 16].map((seed) => () => ask.explain(seed)),
      ...[17, 18].map((seed) => () => ask.learn(seed)),
    ];
    try {
      const alone: unknown[] = [];
      for (const call of calls) alone.push(await call());
      const known = market.scorer.memory.snapshot();
      for (const order of [calls.map((_, at) => at), [...createRng(9).shuffle(Int32Array.from(calls.keys()))]]) {
        const together = await Promise.all(order.map((at) => calls[at]()));
        for (const [place, at] of order.entries()) expect(together[place], `call ${at}`).toEqual(alone[at]);
      }
      // No answer is the answer to something else because all are alike.
      expect(new Set(alone.slice(0, 6).map((answer) => JSON.stringify(answer))).size).toBe(6);
      expect(market.scorer.memory.snapshot()).toEqual(known);
    } finally {
      await ask.close();
    }
  });

  it('do not meet one that is refused: the next is answered as before', async () => {
    const ask = await callers(workers);
    const scorer = await createSlateScorer(market.scorer, { workers });
    try {
      const good = requests(20, { count: 3, most: 5 });
      const before = await scorer.score(good);
      const bad = { ...good[1], items: [null] } as unknown as RankingEvent;
      const [refused, ...others] = await Promise.allSettled([
        scorer.score([good[0], bad]),
        scorer.score(good),
        ask.generate(7),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'InputError' } });
      expect(others[0]).toEqual({ status: 'fulfilled', value: before });
      expect(others[1]).toMatchObject({ status: 'fulfilled' });
      expect(await scorer.score(good)).toEqual(before);
    } finally {
      await Promise.all([ask.close(), scorer.close()]);
    }
  });
});
