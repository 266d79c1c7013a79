/** Models that score what others answered, once it was answered: nobody waits for them, and nothing of them is shown. */
import type { AskedList } from '../client/body-types.ts';
import type { Host } from '../host.ts';
import type { Gate } from '../load/gate.ts';

/** An answered list, as it is to be scored again. */
export interface Shadowed {
  readonly request: AskedList & { readonly id: string };
  /** Ids of its items, from the top. */
  readonly items: readonly string[];
  readonly shadows: readonly string[];
}

/** Lists that are being scored so, over all calls; those beyond are passed over. */
const AT_ONCE = 4;

const underWay = new WeakMap<Host, number>();

/** Passes lists over where anybody waits for an answer. What fails is told, and costs nothing. */
export function scoreShadows(
  lists: readonly Shadowed[],
  { host, gate }: { readonly host: Host; readonly gate: Gate },
  warn: (message: string) => void,
): void {
  for (const list of lists)
    for (const model of list.shadows) {
      const running = underWay.get(host) ?? 0;
      if (running >= AT_ONCE || gate.waiting > 0) return;
      underWay.set(host, running + 1);
      // The answer goes out first.
      setImmediate(() => {
        scoreOne(list, model, host)
          .catch((error: Error) => warn(`the shadow ${model}: ${error.message}`))
          .finally(() => underWay.set(host, (underWay.get(host) ?? 1) - 1));
      });
    }
}

async function scoreOne({ request, items }: Shadowed, model: string, host: Host): Promise<void> {
  const { event: _, policy: __, ...asked } = request;
  const given = new Map(asked.items.map((item) => [String(typeof item === 'object' ? item.id : item), item]));
  const shown = items.map((id) => fieldsOnly(given.get(id) ?? id));
  const [scored] = await host.model(model).score([{ ...asked, items: shown }]);
  host.noteShadow({
    ...{ id: request.id, user: String(request.user ?? ''), model },
    probabilities: scored.items.map(({ probability }) => probability),
  });
}

/** A candidate's place was that in the request. */
function fieldsOnly(item: AskedList['items'][number]): AskedList['items'][number] {
  return typeof item === 'object' ? { id: item.id, ...(item.fields ? { fields: item.fields } : {}) } : item;
}
