import { createReplay, type Replay, type ReplayOptions } from '../columns/replay.ts';

/** A replay that has seen nothing, whose items have the numbers that they have in another's: for walking a log anew that a model has in its memory. */
export function emptiedReplay({
  features: { encoders, historyLength, graph },
  replay: stored,
}: {
  readonly features: Omit<ReplayOptions, 'state'>;
  readonly replay: Replay;
}): Replay {
  const replay = createReplay({ encoders, historyLength, graph });
  for (const [id] of stored.table.entries()) replay.table.indexOf(id);
  return replay;
}
