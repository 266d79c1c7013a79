/** Where a journal's bytes lie: named files of one folder. All that a journal does to a disk goes through here, so that a test can let any of it fail. */
export interface JournalStore extends AsyncDisposable {
  /** For people: the folder. */
  readonly name: string;
  /** Names of all files, in no order. */
  list(): Promise<readonly string[]>;
  /** Opens a file to append to; it is made where there is none. */
  append(name: string): Promise<AppendedFile>;
  /** Opens a file to read; it stays readable as it is now, even where another is put in its place. */
  read(name: string): Promise<ReadFile>;
  /**
   * Cuts a file to its first `length` bytes, writes those after the first `synced` again, and returns once all of it is on disk: what a failed sync has lost can be read still,
   * and no later sync writes it.
   */
  settle(name: string, bytes: { readonly length: number; readonly synced: number }): Promise<void>;
  /** Puts a file in the place of another, or of none. It is on disk after `syncNames`. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Returns once files that were made, renamed or removed are so on disk. */
  syncNames(): Promise<void>;
  /** Lets another process have the folder. */
  close(): Promise<void>;
}

/** A file that grows. After a call that failed it may hold any part of what was appended since the last `sync`. */
export interface AppendedFile {
  readonly length: number;
  append(bytes: Uint8Array): Promise<void>;
  /** The same, and returns once everything that was appended is on disk. */
  appendSynced(bytes: Uint8Array): Promise<void>;
  /** Returns once everything that was appended is on disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface ReadFile {
  readonly length: number;
  /** Fewer bytes where the file ends before. */
  read(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
