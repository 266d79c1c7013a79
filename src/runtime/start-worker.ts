import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * A thread of the module that stands beside the one that asks: `startWorker('./worker', import.meta.url)`. Built code starts it directly. From source (tests,
 * examples) the module is TypeScript, which Node 20 reads only through tsx. `data` is told to the thread as its `workerData`.
 */
export function startWorker(module: string, from: string, data?: unknown): Worker {
  if (!from.endsWith('.ts')) return new Worker(new URL(`${module}.js`, from), { workerData: data });
  // Found from here, not from the working directory; `resolve` finds the CommonJS face of tsx, whose ES module lies beside it.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api'));
  const loader = new URL('./index.mjs', tsx).href;
  const [api, source] = [loader, new URL(`${module}.ts`, from).href].map((url) => JSON.stringify(url));
  const boot = `import(${api}).then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(boot, { eval: true, workerData: data });
}
