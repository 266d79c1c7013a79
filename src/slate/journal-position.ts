/** Up to where a server's journal was read: a memory that met these entries says so, and meets only later ones when it is served from that journal. */
export interface JournalPosition {
  /** Of the last entry that was read. */
  readonly sequence: number;
  /** Epoch milliseconds: when the first entry arrived. */
  readonly began: number;
  /** A hash of when the last entries up to it arrived. */
  readonly print: string;
}
