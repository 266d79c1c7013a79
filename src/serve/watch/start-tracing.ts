import { InputError } from '../../slate/input-error.ts';
import type { TracingOptions } from './open-telemetry.ts';
import type { Tracing } from './tracing.ts';

const PACKAGES = [
  ...[
    '@opentelemetry/api@1.9',
    '@opentelemetry/core@2',
    '@opentelemetry/resources@2',
    '@opentelemetry/sdk-trace-base@2',
  ],
  '@opentelemetry/exporter-trace-otlp-http@0.223',
];

const load = (): Promise<typeof import('./open-telemetry.ts')> => import('./open-telemetry.ts');

/**
 * Begins to send traces where the command line names a collector, or else the environment; undefined where nobody does. Throws `InputError` where the command line asks for
 * what cannot be; an environment, which is set for many programs, only brings a warning.
 */
export async function startTracing(
  options: TracingOptions,
  env: NodeJS.ProcessEnv,
  loading: typeof load = load,
): Promise<Tracing | undefined> {
  const { url, warn } = options;
  const inEnvironment = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  if (url === undefined && (inEnvironment === '' || env.OTEL_SDK_DISABLED === 'true')) return undefined;
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new InputError(
      `--otlp on the command line: expected the address of a collector, such as http://127.0.0.1:4318, found ${JSON.stringify(url)}; mend it`,
      'invalid-option',
    );
  try {
    return (await loading()).openTelemetry(options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const sentence = `traces: expected the packages of OpenTelemetry, found one missing; run npm install ${PACKAGES.join(' ')}`;
    if (url !== undefined) throw new InputError(sentence, 'invalid-option', { cause: error });
    warn(sentence);
    return undefined;
  }
}
