import { z } from 'zod';
import { InputError } from '../../slate/input-error.ts';
import { unlike } from '../../slate/nearest-name.ts';
import { isPlainRecord } from '../../slate/plain-record.ts';
import { show } from '../../slate/rejected-event.ts';
import { issueOf, issuePlace, strictKeys } from '../../slate/strict-schema.ts';
import type { PolicyKind } from './define-policy.ts';
import { type EpsilonOptions, epsilon } from './epsilon.ts';
import { type PlackettLuceOptions, plackettLuce } from './plackett-luce.ts';
import type { Policy } from './policy.ts';

/** How lists are explored, as plain JSON; `price`: also tell beforehand what that costs. */
export type Explore = { readonly price?: boolean | undefined } & (
  | ({ readonly policy: 'plackett-luce' } & PlackettLuceOptions)
  | ({ readonly policy: 'epsilon' } & EpsilonOptions)
);

/** The kinds of policies, one line each. */
export const policyKinds: readonly PolicyKind[] = [plackettLuce as PolicyKind, epsilon as PolicyKind];

/** What is asked for, read. */
export interface ReadExplore {
  readonly hasPrice: boolean;
  /** The policy beside a generator of this name. */
  policy(generator: string): Policy;
}

/** Throws `InputError` for what asks for no policy that there is; `where` opens its sentence. */
export function readExplore(json: unknown, where: string): ReadExplore {
  const names = policyKinds.map(({ name }) => name);
  if (!isPlainRecord(json))
    throw new InputError(
      `${where}: expected an object such as {"policy": "plackett-luce", "temperature": 0.1}, found ${show(json)}; mend it`,
      'invalid-option',
    );
  const kind = policyKinds.find(({ name }) => name === json.policy);
  if (!kind) throw new InputError(`${where}: policy: ${unlike(json.policy, names)}`, 'unknown-name');
  const schema = strictKeys({ policy: z.literal(kind.name), price: z.boolean().optional(), ...kind.shape });
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const sentence = issueOf(parsed.error, json);
    const remedy = /[?;]/.test(sentence) ? '' : '; mend it';
    throw new InputError(`${issuePlace(parsed.error, where)}: ${sentence}${remedy}`, 'invalid-option');
  }
  const { policy: _, price = false, ...options } = parsed.data as Readonly<Record<string, unknown>>;
  return {
    hasPrice: price as boolean,
    policy: (generator) => ({
      text: kind.text(options, generator),
      open: (task) => kind.open(task, options),
    }),
  };
}
