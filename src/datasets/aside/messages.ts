import type { EncodedItems } from '../../encoding/columns/encoded-slates.ts';
import type { ListColumns } from '../../encoding/columns/slate-columns.ts';
import type { EncodersJson } from '../../encoding/encoders/encoders.ts';
import type { FeatureSchema } from '../../encoding/schema/schema.ts';
import type { ToldLists } from '../../memory/told-lists.ts';
import type { ErrorCode } from '../../slate/error-code.ts';

/** What a thread needs to begin: which users are its own, and what encodes their lists. */
export interface AsideOrder {
  /** Of the data set. */
  readonly folder: string;
  readonly share: Share;
  readonly schema: FeatureSchema;
  readonly encoders: EncodersJson;
  readonly historyLength: number;
}

/** A part of the users, of so many parts. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

/** The part that a list is in: its user's; a list of nobody known, whose user's number is negative, is a user of its own. */
export const threadOfList = (list: number, user: number, of: number): number => (user < 0 ? list : user) % of;

/** Some lists that follow one another, with what is known of their items. */
export interface ToldChunk {
  /** Index of the first list. */
  readonly first: number;
  readonly lists: ToldLists;
  /** Numbers, in the data set, of the lists' users; negative of nobody known. */
  readonly userB: Int32Array;
  /** Numbers, in the data set, of the items that are met in these lists or before them, for the first time, in that order. */
  readonly met: Int32Array;
}

/** The thread's own lists of a chunk; item rows are its own numbers. */
export interface EncodedChunk {
  readonly columns: ListColumns;
  readonly rows: NewRows;
}

/** The item rows that came with a chunk: which item, and how often its metadata had been told by then. */
export interface NewRows {
  readonly items: Int32Array;
  readonly versions: Int32Array;
}

/** Users, packed, one behind the other. */
export interface PackedUsers {
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

/** What a thread is told. */
export type ToThread =
  | { readonly kind: 'begin'; readonly order: AsideOrder }
  | { readonly kind: 'chunk'; readonly chunk: ToldChunk }
  /** After the last chunk: lets everything before the clock enter, and tells its item rows. */
  | { readonly kind: 'end'; readonly clock: number; readonly met: Int32Array }
  /** Asks for more users; none come where there are no more. */
  | { readonly kind: 'users' };

/** What a thread tells, each in answer to what it was told, in that order. */
export type FromThread =
  | { readonly kind: 'chunk'; readonly chunk: EncodedChunk }
  | { readonly kind: 'end'; readonly items: EncodedItems }
  | { readonly kind: 'users'; readonly users: PackedUsers }
  | { readonly kind: 'failed'; readonly message: string; readonly code: ErrorCode | undefined };
