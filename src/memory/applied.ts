/** What became of an event. `other`: an interaction that is no click. */
export type Applied = 'taken' | 'late' | 'again' | 'held' | 'other';
