/** What of a model a run trains: all, or one side of its first stage. */
export type TrainedPart = 'all' | 'id-tables' | 'all-but-id-tables';
