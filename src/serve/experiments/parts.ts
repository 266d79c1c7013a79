/** Which lists of a call are answered in the way of a variant. */
import { randomUUID } from 'node:crypto';
import type { Experiment } from '../../slate/experiment.ts';
import type { AskedList } from '../client/body-types.ts';
import { type Assigned, assignedTo } from './assign.ts';

/** Who is assigned: the user, or where nobody is known the request alone. */
export const assignedUnit = ({ user, id }: { readonly user: string; readonly id: string }): string =>
  user === '' ? `request ${id}` : `user ${user}`;

/** The variants of a list's user; undefined where the list takes part in nothing. */
export type PartOf = (request: AskedList & { readonly id: string }) => Assigned | undefined;

/** What decides whether a call takes part in experiments. */
interface Taking {
  readonly model?: string | undefined;
  readonly note?: boolean | undefined;
}

/** A call that names its model takes part in no experiment, nor does one whose answer nobody is shown. */
export const isInExperiments = ({ model, note }: Taking, experiments: readonly Experiment[]): boolean =>
  model === undefined && note !== false && experiments.length > 0;

/** The same for every list of a call, whatever changes while it is answered. */
export function partsOfCall(body: Taking, experiments: readonly Experiment[]): PartOf {
  if (!isInExperiments(body, experiments)) return () => undefined;
  const known = new Map<object, Assigned | undefined>();
  return (request) => {
    if (!known.has(request))
      known.set(request, assignedTo(experiments, assignedUnit({ user: String(request.user ?? ''), id: request.id })));
    return known.get(request);
  };
}

/** Lists that are drawn, or take part in an experiment, are known again by an id: what is shown later names it. */
export const withIds = <B extends { readonly requests: readonly AskedList[] }>(body: B): B => ({
  ...body,
  requests: body.requests.map((request) => ({ ...request, id: request.id ?? randomUUID() })),
});
