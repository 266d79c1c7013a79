/** What a user should know of how the fields were fitted. */
import type { Encoders } from './encoders.ts';
import type { Extremes } from './extremes.ts';
import { BAG_LIMIT, type FieldsEncoder } from './fields-encoder.ts';

const scopes = ['item', 'user', 'ranking', 'rankedItem'] as const;

/** One sentence per field of which not everything was taken as it stands. */
export const encoderNotes = (encoders: Encoders): readonly string[] =>
  scopes.flatMap((scope) => [...extremeNotes(scope, encoders[scope]), ...longBagNotes(scope, encoders[scope])]);

function extremeNotes(scope: string, { numeric, vectors }: FieldsEncoder): readonly string[] {
  const columns = [
    ...numeric,
    ...vectors.flatMap(({ name, encoders }) => encoders.map((encoder, at) => ({ name: `${name}[${at}]`, encoder }))),
  ];
  return columns.flatMap(({ name, encoder: { extremes } }) =>
    extremes ? [`${scope}.${name}: ${sentenceOf(extremes)}`] : [],
  );
}

const sentenceOf = ({ count, of, largest, others }: Extremes): string =>
  `${count} of ${of} values ${count === 1 ? 'stands' : 'stand'} beyond all measure, such as ${largest}, where all others are within ${others} of 0; they are taken for very large and do not scale the rest; mend the log if they are wrong`;

const longBagNotes = (scope: string, { vocabularies }: FieldsEncoder): readonly string[] =>
  vocabularies.flatMap(({ name, longBags }) =>
    longBags
      ? [
          `${scope}.${name}: ${longBags.count} of the lists of values are longer than ${BAG_LIMIT}, up to ${longBags.longest}; of each its ${BAG_LIMIT} most frequent values are kept`,
        ]
      : [],
  );
