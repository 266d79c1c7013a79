/** Which answers the journal keeps: all that make or order a list, those that were drawn, or none. */
export const keptAnswers = ['all', 'explored', 'none'] as const;
export type KeptAnswers = (typeof keptAnswers)[number];

/** What was shown, by which model and why, can be told of everything; what it costs is in docs/serving-journal.md. */
export const KEPT_ANSWERS: KeptAnswers = 'all';
