/**
 * A server's process that takes events until it is killed, and says which were acknowledged: `ready <sequence>`, then `took <id> <sequence>`, a line each.
 *
 *     serve-child.ts <models> <journal> <round> <durability>
 */
import { createRng } from '../src/random/rng.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import type { ArrivingEvent } from '../src/serve/host.ts';

const [models = '', journal = '', round = '', durability = 'disk'] = process.argv.slice(2);
const rng = createRng(`child ${round}`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const some = <T>(values: readonly T[]): T => values[rng.integer(values.length)];
const DRINKS = ['small', 'medium', 'large'];

const host = await createHost({
  ...{ models, journal, active: 'a', segmentBytes: 20_000, durability: durability === 'disk' ? 'disk' : 'process' },
  warn: (message) => void process.stderr.write(`${message}\n`),
});
say(`ready ${host.sequence}`);

let lists = 0;
function arrival(at: number): ArrivingEvent {
  const time = Date.now();
  const id = `e${round}-${at}`;
  if (lists === 0 || rng.next() < 0.5) {
    const items = rng.shuffle([...DRINKS]).slice(0, 1 + rng.integer(3));
    return { id, event: { event: 'ranking', id: `l${round}-${lists++}`, time, user: `u${rng.integer(9)}`, items } };
  }
  if (rng.next() < 0.2)
    return { id, event: { event: 'item', item: some(DRINKS), time, fields: { price: rng.integer(9) } } };
  const ranking = `l${round}-${lists - 1 - rng.integer(Math.min(lists, 5))}`;
  return { id, event: { event: 'interaction', ranking, item: some(DRINKS), type: 'click', time } };
}

async function send(): Promise<void> {
  for (let at = 0; ; at++) {
    const events = Array.from({ length: 1 + rng.integer(4) }, (_, k) => arrival(10 * at + k));
    const { outcomes } = await host.observe(events);
    for (const [k, outcome] of outcomes.entries()) if (outcome.taken) say(`took ${events[k].id} ${outcome.sequence}`);
  }
}

async function trouble(): Promise<void> {
  for (;;) {
    await host.snapshot();
    await host.activate(host.active === 'a' ? 'b' : 'a');
    await host.model().score([{ user: 'u1', items: DRINKS }]);
  }
}

await Promise.all([send(), trouble()]);
