/** What a user should know of how the fields of a log became columns. */
import type { Dataset } from '../datasets/folder/dataset.ts';
import type { EncodedDataset } from '../datasets/walk/encode-dataset.ts';
import { unusedFieldNotes } from '../datasets/walk/training-fields.ts';
import { encoderNotes } from '../encoding/encoders/encoder-notes.ts';
import { fieldNotes } from '../encoding/schema/kind-doubts.ts';
import type { Settings } from './settings.ts';

/** One sentence each: fields whose kind is a guess, fields that are not used, and fields of which not everything was taken as it stands. */
export const encodingNotes = ({
  dataset,
  encoded: { fields, features },
  settings,
}: {
  readonly dataset: Pick<Dataset, 'fields'>;
  readonly encoded: Pick<EncodedDataset, 'fields' | 'features'>;
  readonly settings: Pick<Settings, 'fields'>;
}): readonly string[] => [
  ...fieldNotes(fields, features.schema, settings.fields),
  ...unusedFieldNotes(dataset.fields, fields),
  ...encoderNotes(features.encoders),
];
