import { expect, it } from 'vitest';
import { impression } from '../../../test/example-features.ts';
import type { Fields } from '../../slate/fields.ts';
import { encoderNotes } from './encoder-notes.ts';
import { createEncodersFitter, encoderDefaults } from './encoders.ts';

/** Notes on a catalogue whose items have these fields. */
function notesOf(fields: readonly Fields[]): readonly string[] {
  const fitter = createEncodersFitter(
    {
      item: [
        { name: 'price', kind: 'numeric' },
        { name: 'place', kind: 'vector', length: 2 },
        { name: 'tags', kind: 'tags' },
      ],
      user: [],
      ranking: [],
      rankedItem: [],
    },
    encoderDefaults,
  );
  const ids = fields.map((_, at) => `${at}`);
  fitter.observe(impression(0, 'u', ids), { item: (id) => fields[Number(id)], user: {} });
  return encoderNotes(fitter.fit());
}

const ordinary = Array.from({ length: 30 }, (_, at): Fields => ({ price: at, place: [at, 2 * at], tags: ['a', 'b'] }));

it('have nothing to say of ordinary fields', () => {
  expect(notesOf(ordinary)).toEqual([]);
});

it('tell of values beyond all measure and of long lists of values', () => {
  const tags = Array.from({ length: 700 }, (_, at) => `t${at}`);
  expect(notesOf([...ordinary, { price: 1e308, place: [3, -1e30], tags }, { tags: tags.slice(1) }])).toEqual([
    'item.price: 1 of 31 values stands beyond all measure, such as 1e+308, where all others are within 29 of 0; they are taken for very large and do not scale the rest; mend the log if they are wrong',
    'item.place[1]: 1 of 31 values stands beyond all measure, such as -1e+30, where all others are within 58 of 0; they are taken for very large and do not scale the rest; mend the log if they are wrong',
    'item.tags: 2 of the lists of values are longer than 500, up to 700; of each its 500 most frequent values are kept',
  ]);
});
