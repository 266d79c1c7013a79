/** A server of its own for the page: on this machine only, and what it is told is forgotten when it ends. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from '../../jobs/version.ts';
import type { StartAnswer } from '../../serve/client/page-types.ts';
import { createHost } from '../../serve/host/create-host.ts';
import { builtPages } from '../../serve/http/page-files.ts';
import { startServer } from '../../serve/http/start-server.ts';
import { InputError } from '../../slate/input-error.ts';
import { DRINKS_START, drinksModels } from '../drinks-models.ts';
import { listsToStart } from '../lists-to-start.ts';

export interface PageArguments {
  readonly port: number;
  readonly size: number;
  readonly workers: number;
  readonly reports?: string;
  readonly requests?: string | undefined;
}

/** Listens until Ctrl-C. */
export async function runPage(models: string | undefined, options: PageArguments): Promise<void> {
  const { port, size, workers, reports, requests } = options;
  const pages = builtPages();
  if (!existsSync(join(pages, 'index.html')))
    throw new InputError(
      `${pages}: expected the pages, which npm run build makes, found none; run npm ci in the folder of its package.json`,
      'file-not-found',
    );
  const folder = models ?? (await drinksModels(workers));
  const journal = await mkdtemp(join(tmpdir(), 'slatewise-page-'));
  const note = (message: string): void => void process.stderr.write(`${message}\n`);
  try {
    const host = await createHost({
      models: folder,
      journal,
      loadAll: true,
      durability: 'process',
      workers,
      warn: note,
    });
    try {
      const begin = models === undefined ? DRINKS_START : await listsToStart(host, { requests, size });
      const start: StartAnswer = { ...begin, models: folder };
      const server = await startServer(host, { port, pages, start, reports, version: versions().slatewise });
      note(`${host.active} on ${server.url}/lists, until Ctrl-C`);
      const [signal] = await Promise.race(
        (['SIGTERM', 'SIGINT'] as const).map(async (name) => {
          await once(process, name);
          return [name];
        }),
      );
      note(`${signal}: closing`);
      await server.stop();
    } finally {
      await host.close();
    }
  } finally {
    await rm(journal, { recursive: true, force: true });
  }
}
