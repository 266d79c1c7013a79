import { warning } from '../jobs/reporter.ts';
import { mlflowTracker } from '../jobs/runs/mlflow.ts';
import type { Tracker } from '../jobs/runs/tracker.ts';
import type { TrackingArguments } from './options/tracking-options.ts';

/** Who else is told of trainings, as the command line asks; a token or a user with a password as MLflow's own programs take them from the environment. */
export function trackerOf(
  { mlflow: url, mlflowExperiment: experiment = 'slatewise' }: TrackingArguments,
  note: (message: string) => void,
): Tracker | undefined {
  if (url === undefined) return undefined;
  const authorization = authorizationFrom(process.env);
  return mlflowTracker({
    url,
    experiment,
    warn: (message) => note(warning(message)),
    ...(authorization === undefined ? {} : { headers: { authorization } }),
  });
}

function authorizationFrom(environment: NodeJS.ProcessEnv): string | undefined {
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
  } = environment;
  if (token) return `Bearer ${token}`;
  return user && password ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : undefined;
}
