import type { AnsweredCandidate, AnsweredList } from '../../slate/answered-list.ts';
import { noFields } from '../../slate/fields.ts';

/** An answered list as it is written: most of its bytes are candidates, and one without fields of its own is its id alone. */
export interface PackedAnswer extends Omit<AnsweredList, 'candidates'> {
  readonly candidates: readonly (string | AnsweredCandidate)[];
}

export const packAnswer = (answer: AnsweredList): PackedAnswer => ({
  ...answer,
  candidates: answer.candidates.map((candidate) => (hasFields(candidate) ? candidate : candidate.id)),
});

/** Reads what earlier versions wrote, too. */
export const unpackAnswer = (packed: PackedAnswer): AnsweredList => ({
  ...packed,
  candidates: packed.candidates.map((candidate) =>
    typeof candidate === 'string' ? { id: candidate, fields: noFields } : candidate,
  ),
});

const hasFields = ({ fields }: AnsweredCandidate): boolean => Object.keys(fields).length > 0;
