import type { ComposedLists, ScoredItems } from '../client/answer-types.ts';
import type { AskedList } from '../client/body-types.ts';
import type { PartOf } from '../experiments/parts.ts';
import { type Shadowed, scoreShadows } from '../experiments/shadows.ts';
import type { Call, Serving } from './route.ts';

export interface ShadowOptions {
  readonly partOf: PartOf;
  readonly serving: Serving;
  readonly call: Pick<Call, 'log'>;
}

/** Lets the shadows of a call's experiments score what was answered. */
export function shadowAnswers(
  requests: readonly (AskedList & { readonly id: string })[],
  answers: readonly (ComposedLists | ScoredItems)[],
  { partOf, serving, call }: ShadowOptions,
): void {
  const lists = answers.flatMap((answer, at): readonly Shadowed[] => {
    const request = requests[at];
    const { shadows = [] } = partOf(request) ?? {};
    const { items } = 'slates' in answer ? answer.slates[0] : answer;
    if (shadows.length === 0 || items.length === 0) return [];
    return [{ request, shadows, items: items.map(({ item }) => item) }];
  });
  if (lists.length > 0) scoreShadows(lists, serving, (message) => call.log.warn(message));
}
