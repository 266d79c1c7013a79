/** A retraining beside replicas: the journal is in Redis, and the server wants a key. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { openReadableJournal } from '../src/cli/open-journal.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { choiceOverHttp } from '../src/retrain/choice/over-http.ts';
import { retrain } from '../src/retrain/retrain.ts';
import { loadModel } from '../src/scoring/model-folder.ts';
import { newKey, parseKeys } from '../src/serve/access/keys.ts';
import { startServer } from '../src/serve/http/start-server.ts';
import { ended } from './command-ending.ts';
import { smallConfig } from './encoded-drinks.ts';
import { fleet } from './fleet.ts';
import { hasRedis, startRedis } from './redis-server.ts';
import { modelsFolder } from './served-models.ts';
import { drinksOverDays } from './written-journal.ts';

const redis = hasRedis() ? await startRedis() : undefined;
afterAll(() => redis?.kill());

describe.skipIf(!redis)('retrain', () => {
  const { url } = redis as NonNullable<typeof redis>;

  it('learns from a journal in Redis, and lets all replicas answer from the new model, with a key that may', async () => {
    const { replica, journal } = await fleet(url);
    const models = await modelsFolder('a');
    const events = drinksOverDays({ lists: 300, perDay: 100, seed: 5 });
    let now = events[0].time;
    const options = { models, now: () => now };
    await using a = await replica('a', options);
    await using b = await replica('b', options);
    for (const event of events) {
      now = event.time;
      await a.observe([{ event }]);
    }
    const [ruling, asking] = [newKey('cron', ['rank', 'admin']), newKey('page', ['rank'])];
    const server = await startServer(a, { port: 0, keys: parseKeys(`${ruling.line}\n${asking.line}\n`, 'keys') });
    try {
      const address = `${url}?journal=${journal}`;
      const command = `retrain ${address} --models ${models} --server ${server.url} --no-config`;
      const wrong = await ended(`${command} --key slatewise_wrong`);
      expect([wrong.code, wrong.said]).toEqual([
        EXIT.failed,
        expect.stringContaining('expected a key of this server, found another'),
      ]);

      const opened = await openReadableJournal(address);
      const asked = {
        ...{ models, journal: { ...opened.journal, name: opened.name }, settings: settingsDefaults, seeds: [1] },
        ...{ config: smallConfig('pointwise-bce'), days: 1, margin: 10, keep: 2, leftOut: [], workers: 1 },
        reporter: silentReporter,
      };
      const choice = (key: string) => choiceOverHttp({ url: server.url, key });
      // Trained and judged with it, but not let in: the next run goes on from there.
      await expect(retrain({ ...asked, choice: choice(asking.key) })).rejects.toMatchObject({ code: 'server-refused' });
      expect([a.active, b.active]).toEqual(['a', 'a']);
      const verdict = await retrain({ ...asked, choice: choice(ruling.key) });
      opened.close();
      const name = verdict?.model ?? '';
      expect(verdict).toMatchObject({ outcome: 'activated', before: 'a', data: { lists: 300 } });
      expect((await loadModel(join(models, name))).card.journal?.sequence).toBe(events.length);
      expect(a.active).toBe(name);
      await expect.poll(() => b.active, { timeout: 30_000 }).toBe(name);
    } finally {
      await server.stop();
    }
  }, 120_000);
});
