import { type Command, Option } from 'commander';
import { UsageError } from '../exit-codes.ts';
import { serverUrl } from './server-url.ts';

/** Where else a command tells of its trainings. */
export interface TrackingArguments {
  readonly mlflow?: string;
  readonly mlflowExperiment?: string;
}

export const addTrackingOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--mlflow <url>', 'also tell an MLflow server of the trainings, as they go on').argParser(mlflowUrl),
    )
    .option('--mlflow-experiment <name>', 'with --mlflow: the experiment that they belong to (default: slatewise)')
    .hook('preAction', () => {
      const { mlflow, mlflowExperiment } = command.opts<TrackingArguments>();
      if (mlflow === undefined && mlflowExperiment !== undefined)
        throw new UsageError(
          '--mlflow-experiment: expected with --mlflow, found without it; name the server, or leave it out',
        );
    });

const mlflowUrl = serverUrl({
  example: 'http://127.0.0.1:5000',
  secrets: 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD',
});
