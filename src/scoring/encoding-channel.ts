import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/** Tells whoever subscribes when a request's lists begin to be encoded, and when they are: traces of a server have it as `encode`. Without subscribers it costs nothing. */
export const encodingChannel: TracingChannel<object, object> = tracingChannel<object, object>('slatewise.encode');
