/** A log whose users cannot be walked apart, as a memory would take it: it is walked on one thread. */
export class NotSeparable extends Error {}
