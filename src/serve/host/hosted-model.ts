/** A model as those who ask see it: loaded, or on disk only. */
import { InputError } from '../../slate/input-error.ts';
import type { HostedModel } from '../host.ts';
import type { LoadedModel } from './loaded-model.ts';

/** A loaded model; whether it is the one that answers may change. */
export const loadedModel = ({ name, live }: LoadedModel, state: () => HostedModel['state']): HostedModel => ({
  name,
  report: live.report,
  get state() {
    return state();
  },
  score: (requests, options) => live.score(requests as Parameters<typeof live.score>[0], options) as never,
  generate: (request, options) => live.generate(request as Parameters<typeof live.generate>[0], options),
  explain: (request, options) => live.explain(request as Parameters<typeof live.explain>[0], options),
  whatIf: (request, options) => live.whatIf(request as Parameters<typeof live.whatIf>[0], options),
});

/** One that tells of itself, and answers nothing. */
export function modelOnDisk(name: string, report: HostedModel['report']): HostedModel {
  const refuse = async (): Promise<never> => {
    throw new InputError(
      `model: expected one that is loaded, found "${name}" on disk; activate it first`,
      'no-such-model',
    );
  };
  return { name, report, state: 'on disk', score: refuse, generate: refuse, explain: refuse, whatIf: refuse };
}
