import { describe, expect, it } from 'vitest';
import { foreignFormat } from './foreign-format.ts';

const told = (text: string, path = 'salons.csv'): string | undefined =>
  foreignFormat(Buffer.from(text, 'latin1'), path);

describe('foreignFormat', () => {
  it('proposes a command for a table', () => {
    expect(
      told(
        'search_id;user;shown_at;salon;pos;clicked\ns1;u1;2025-03-01 10:22:33;x;1;0\ns1;u1;2025-03-01 10:22:33;y;2;1\n',
      ),
    ).toBe(
      'salons.csv: expected an event log of JSON lines, found a CSV file with the columns search_id, user, shown_at, salon, pos, clicked; if it has a row for every shown item, this reads it: ' +
        'npx slatewise import salons.csv --map list=search_id,user=user,time=shown_at,item=salon,position=pos,clicked=clicked --first-position 1 --out data/salons',
    );
  });

  it('asks for what it cannot guess, and quotes what a shell would split', () => {
    const sentence = told('a b,what\n1.5,x\n1.5,y\n', 'my salons.csv');
    expect(sentence).toContain(
      "list, time, item could not be guessed: npx slatewise import 'my salons.csv' --map 'list=<list>,time=<time>,item=<item>'",
    );
  });

  it.each([
    ['PAR1\x15\x04', 'found a Parquet file; import it into a data set first'],
    ['PK\x03\x04', 'found an Excel sheet or a ZIP archive'],
    [
      '[\n  {"event": "item"}]',
      "found one JSON array; write each of its objects on a line of its own: jq -c '.[]' salons.csv > salons.jsonl",
    ],
    ['{\n  "event": "item"}', 'found JSON that goes over several lines'],
  ])('knows %j', (text, sentence) => {
    expect(told(text)).toContain(sentence);
  });

  it('leaves everything else to the reader of events, with its damaged lines', () => {
    for (const text of [
      '{"event":"item"}\n',
      'garbage\n{"event":"item"}\n',
      'hello, world\n{"event":"item", "a": 1, "b": 2}\n',
      '',
    ])
      expect(told(text)).toBeUndefined();
  });
});
