/** Which answers the journal keeps: those that were drawn, all that make or order a list, or none. */
export const keptAnswers = ['explored', 'all', 'none'] as const;
export type KeptAnswers = (typeof keptAnswers)[number];

/** Only what was drawn needs it to be judged by; each entry holds the candidates, and is written to disk. */
export const KEPT_ANSWERS: KeptAnswers = 'explored';
