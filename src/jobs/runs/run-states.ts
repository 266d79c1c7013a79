/** How a run stands: `failed` where it ended with an error. */
export const RUN_STATES = ['running', 'finished', 'interrupted', 'failed'] as const;
/** One of `running`, `finished`, `interrupted` and `failed`. */
export type RunState = (typeof RUN_STATES)[number];
