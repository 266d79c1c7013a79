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
    // What ranked the items saw them in the order of the request: it is asked once more about the order that is shown, as shadows are.
    const ranking = 'slates' in answer || answer.model === undefined ? [] : [answer.model];
    const models = [...new Set([...ranking, ...shadows])];
    return [{ request, shadows: models, items: items.map(({ item }) => item) }];
  });
  if (lists.length > 0) scoreShadows(lists, serving, (message) => call.log.warn(message));
}
