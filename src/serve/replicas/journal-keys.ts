/** What a journal has in Redis. The braces keep all of it on one node of a cluster. */
export interface JournalKeys {
  /** Stream: entry 7 has the id `7-0`. */
  readonly stream: string;
  /** Hash: which journal it is, its last sequence, when that arrived. */
  readonly state: string;
  /** Hashes: keys of events, those of the last day or less, and those of the day before; each with sequence and arrival. */
  readonly seen: string;
  readonly seenBefore: string;
  /** Hash: up to which entry each replica has snapshots. */
  readonly replicas: string;
  /** Who replaces entries. */
  readonly lock: string;
  /** Stream: the entries as they will be. */
  readonly rewritten: string;
}

export function keysOf(name: string): JournalKeys {
  const of = (what: string): string => `slatewise:{${name}}:${what}`;
  return {
    stream: of('events'),
    state: of('state'),
    seen: of('seen'),
    seenBefore: of('seen-before'),
    replicas: of('replicas'),
    lock: of('lock'),
    rewritten: of('events-rewritten'),
  };
}
