import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../exit-codes.ts';

/** Where else a command tells of its trainings. */
export interface TrackingArguments {
  readonly mlflow?: string;
  readonly mlflowExperiment?: string;
}

export const addTrackingOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--mlflow <url>', 'also tell an MLflow server of the trainings, as they go on').argParser(serverUrl),
    )
    .option('--mlflow-experiment <name>', 'with --mlflow: the experiment that they belong to (default: slatewise)')
    .hook('preAction', () => {
      const { mlflow, mlflowExperiment } = command.opts<TrackingArguments>();
      if (mlflow === undefined && mlflowExperiment !== undefined)
        throw new UsageError(
          '--mlflow-experiment: expected with --mlflow, found without it; name the server, or leave it out',
        );
    });

function serverUrl(text: string): string {
  const url = parsed(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError(`Expected the address of a server, such as http://127.0.0.1:5000, found "${text}".`);
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError(
      'Expected no user or password in the address, found one; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    );
  return text;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
